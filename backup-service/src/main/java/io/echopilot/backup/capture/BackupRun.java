package io.echopilot.backup.capture;

import io.echopilot.backup.postgres.Contents;
import io.echopilot.backup.postgres.Database;
import io.echopilot.backup.postgres.Deadline;
import io.echopilot.backup.postgres.Dumper;
import io.echopilot.backup.postgres.RunNames;
import io.echopilot.backup.postgres.Scratch;
import io.echopilot.backup.postgres.Snapshot;
import io.echopilot.backup.postgres.ToolFailure;
import io.echopilot.backup.postgres.Tools;
import io.echopilot.backup.restore.Proof;
import io.echopilot.backup.restore.Verdict;
import io.echopilot.backup.restore.Verdict.Bad;
import io.echopilot.backup.restore.Verdict.Good;
import io.echopilot.backup.storage.BackupFolder;
import io.echopilot.backup.storage.Draft;
import io.echopilot.backup.storage.Folders;
import io.echopilot.backup.storage.Manifest;
import io.echopilot.events.BackupCommand.BackupRequested;
import io.echopilot.events.BackupEvent;
import io.echopilot.events.BackupEvent.BackupCompleted;
import io.echopilot.events.BackupEvent.BackupFailed;
import io.echopilot.events.BackupEvent.BackupStarted;
import io.echopilot.events.BackupEvent.BackupVerificationFailed;
import io.echopilot.events.BackupEvent.BackupVerified;
import io.echopilot.events.BackupStep;
import java.io.IOException;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** One attempt at one backup: dumped, stored, proved. */
final class BackupRun {
  private final BackupRequested request;
  private final SourceSettings source;
  private final BackupFolder storage;
  private final Path work;
  private final Deadline deadline;
  private final Clock clock;
  private final Journal journal;
  private BackupStep step = BackupStep.DUMP;

  /** Hears what becomes of the backup; returns when it is written. */
  @FunctionalInterface
  interface Journal {
    void write(BackupEvent event) throws InterruptedException;
  }

  /**
   * Plans an attempt.
   *
   * @param work folder of its own, which is made and removed
   */
  BackupRun(
      BackupRequested request,
      SourceSettings source,
      BackupFolder storage,
      Path work,
      Deadline deadline,
      Clock clock,
      Journal journal) {
    this.request = request;
    this.source = source;
    this.storage = storage;
    this.work = work;
    this.deadline = deadline;
    this.clock = clock;
    this.journal = journal;
  }

  /**
   * Carries it out and says how it ended. What an attempt that failed began is removed; a backup
   * that is stored and only could not be proved yet stays, and the next attempt proves it.
   *
   * @param configuredTools folder of the tools; null takes the newest installed
   */
  void run(@Nullable Path configuredTools) throws InterruptedException {
    BackupEvent end;
    try {
      end = made(configuredTools);
    } catch (IOException | SQLException | ToolFailure | RuntimeException e) {
      if (Thread.currentThread().isInterrupted()) {
        throw new InterruptedException("stopped, and not failed: " + e);
      }
      end = failed(Reasons.of(e, database()));
    } finally {
      removeUnfinished();
    }
    journal.write(end);
  }

  private BackupEvent made(@Nullable Path configuredTools)
      throws IOException, SQLException, ToolFailure, InterruptedException {
    RunNames names = RunNames.of(request.backup());
    Tools tools = Tools.find(configuredTools);
    Dumper dumper = new Dumper(tools, source.jobs(), names.application());
    Folders.create(work);
    if (!storage.holds(request.backup())) {
      journal.write(
          new BackupStarted(
              request.source(),
              request.backup(),
              request.reason(),
              request.attempt(),
              clock.instant()));
      journal.write(store(dumper, names));
    }
    Instant begun = clock.instant();
    Scratch scratch = new Scratch(source.scratchServer(), names);
    Verdict verdict =
        new Proof(storage, work, scratch, dumper, deadline)
            .of(request.backup(), begins -> step = begins);
    return switch (verdict) {
      case Good(Manifest manifest) -> verified(manifest, begun);
      case Bad(BackupStep at, List<String> findings) -> noGood(at, findings);
    };
  }

  private BackupCompleted store(Dumper dumper, RunNames names)
      throws IOException, SQLException, ToolFailure, InterruptedException {
    Instant begun = clock.instant();
    Path dump = work.resolve("dump");
    Snapshot.Kind kind;
    Contents contents;
    try (Snapshot snapshot =
        Snapshot.of(source.database(), names.application(), deadline.left(), source.lockWait())) {
      kind = snapshot.kind();
      dumper.dump(source.database(), snapshot, dump, source.lockWait(), deadline.left());
      contents = snapshot.contents(source.queries());
    }
    step = BackupStep.STORE;
    Draft draft = storage.begin(request.backup());
    Manifest manifest =
        new Manifest(
            Manifest.FORMAT,
            request.backup(),
            request.source(),
            request.reason(),
            begun,
            source.database().toString(),
            kind,
            contents,
            draft.store(dump));
    String sha256 = draft.publish(manifest);
    Folders.remove(dump);
    return new BackupCompleted(
        request.source(),
        request.backup(),
        request.attempt(),
        storage.of(request.backup()).toString(),
        manifest.files().size(),
        manifest.bytes(),
        sha256,
        since(begun),
        clock.instant());
  }

  private BackupVerified verified(Manifest manifest, Instant begun) {
    return new BackupVerified(
        request.source(),
        request.backup(),
        request.attempt(),
        manifest.reason(),
        manifest.contents().tables(),
        manifest.contents().queries(),
        manifest.bytes(),
        since(begun),
        clock.instant());
  }

  private BackupEvent noGood(BackupStep at, List<String> findings) throws IOException {
    storage.setAside(request.backup(), request.attempt(), findings);
    return new BackupVerificationFailed(
        request.source(), request.backup(), request.attempt(), at, findings, clock.instant());
  }

  private BackupFailed failed(String reason) {
    return new BackupFailed(
        request.source(), request.backup(), request.attempt(), step, reason, clock.instant());
  }

  private Database database() {
    return step.compareTo(BackupStep.STORE) <= 0 ? source.database() : source.scratchServer();
  }

  private void removeUnfinished() {
    Leftovers.quietly(() -> storage.removePartial(request.backup()));
    Leftovers.quietly(() -> Folders.remove(work));
  }

  private Duration since(Instant begun) {
    Duration took = Duration.between(begun, clock.instant());
    return took.isNegative() ? Duration.ZERO : took;
  }
}
