package io.echopilot.backup.restore;

import io.echopilot.backup.postgres.Contents;
import io.echopilot.backup.postgres.Deadline;
import io.echopilot.backup.postgres.Dumper;
import io.echopilot.backup.postgres.Scratch;
import io.echopilot.backup.postgres.ToolFailure;
import io.echopilot.backup.restore.Verdict.Bad;
import io.echopilot.backup.restore.Verdict.Good;
import io.echopilot.backup.storage.BackupFolder;
import io.echopilot.backup.storage.BackupFolder.Unusable;
import io.echopilot.backup.storage.Folders;
import io.echopilot.backup.storage.Manifest;
import io.echopilot.events.BackupEvent.QueryProof;
import io.echopilot.events.BackupId;
import io.echopilot.events.BackupStep;
import java.io.IOException;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Proves a stored backup. A database or tool that can't be used is an exception, for it says
 * nothing of the backup.
 *
 * @param work folder that is there, for what is unpacked
 */
public record Proof(
    BackupFolder storage, Path work, Scratch scratch, Dumper dumper, Deadline deadline) {
  /** PostgreSQL documentation, appendix A: syntax error or access rule violation. */
  private static final String NOT_UNDERSTOOD = "42";

  private static final Logger log = LoggerFactory.getLogger(Proof.class);

  /**
   * Reads it back, restores it and compares; the scratch database is gone afterwards.
   *
   * @param progress hears of each step that begins
   */
  public Verdict of(BackupId backup, Consumer<BackupStep> progress)
      throws IOException, SQLException, ToolFailure, InterruptedException {
    progress.accept(BackupStep.READ_BACK);
    Path unpacked = Folders.create(work.resolve("unpacked"));
    Manifest manifest;
    try {
      manifest = storage.manifest(backup);
    } catch (Unusable e) {
      return new Bad(BackupStep.READ_BACK, List.of(String.valueOf(e.getMessage())));
    }
    List<String> findings = ReadBack.unpack(storage.of(backup), manifest, unpacked);
    if (!findings.isEmpty()) {
      return new Bad(BackupStep.READ_BACK, findings);
    }
    try {
      return restored(manifest, unpacked, progress);
    } finally {
      drop(backup);
    }
  }

  private Verdict restored(Manifest manifest, Path unpacked, Consumer<BackupStep> progress)
      throws IOException, SQLException, ToolFailure, InterruptedException {
    progress.accept(BackupStep.RESTORE);
    scratch.create(manifest.kind());
    try {
      dumper.restore(unpacked, scratch.database(), deadline.left());
    } catch (ToolFailure e) {
      if (e.hasRefused() && answers()) {
        return new Bad(BackupStep.RESTORE, List.of(String.valueOf(e.getMessage())));
      }
      throw e;
    }
    progress.accept(BackupStep.COMPARE);
    List<String> differences = differences(manifest);
    return differences.isEmpty() ? new Good(manifest) : new Bad(BackupStep.COMPARE, differences);
  }

  /** A query that the restored database does not understand lacks what it asks for. */
  private List<String> differences(Manifest manifest)
      throws SQLException, IOException, ToolFailure {
    try {
      return Comparison.differences(manifest.contents(), contents(manifest));
    } catch (SQLException e) {
      if (String.valueOf(e.getSQLState()).startsWith(NOT_UNDERSTOOD)) {
        return List.of("the restored database refuses a query: " + e.getMessage());
      }
      throw e;
    }
  }

  private Contents contents(Manifest manifest) throws SQLException, IOException, ToolFailure {
    List<String> queries = manifest.contents().queries().stream().map(QueryProof::query).toList();
    try (Connection connection = connect()) {
      connection.setAutoCommit(false);
      connection.setReadOnly(true);
      return Contents.read(connection, queries);
    }
  }

  private Connection connect() throws SQLException, IOException, ToolFailure {
    return scratch
        .database()
        .connect(scratch.names().application(), deadline.left(), deadline.left());
  }

  /** Else it is the server that is at fault, and not the backup. */
  private boolean answers() throws IOException, ToolFailure {
    try (Connection connection = connect()) {
      return connection.isValid(1);
    } catch (SQLException _) {
      return false;
    }
  }

  private void drop(BackupId backup) {
    try {
      scratch.drop();
    } catch (SQLException | IOException e) {
      log.warn(
          "{} stays behind after the proof of {}, drop it by hand: {}",
          scratch.database(),
          backup,
          e.getMessage());
    }
  }
}
