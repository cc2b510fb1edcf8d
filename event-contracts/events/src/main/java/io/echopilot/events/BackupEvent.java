package io.echopilot.events;

import java.time.Duration;
import java.time.Instant;
import java.util.List;

/**
 * The life of a backup; on {@code echopilot.backup-events}. Only {@link BackupVerified} makes it a
 * good one.
 */
public sealed interface BackupEvent extends Event {
  SourceId source();

  BackupId backup();

  /** By the clock of the instance that makes it. */
  Instant at();

  @Override
  default String subject() {
    return source().value();
  }

  /** The dump begins. */
  @EventType(value = "io.echopilot.backup.started.v1", summary = "A backup's dump begins.")
  record BackupStarted(
      SourceId source, BackupId backup, BackupReason reason, int attempt, Instant at)
      implements BackupEvent {
    public BackupStarted {
      Checks.present("source", source);
      Checks.present("backup", backup);
      Checks.present("reason", reason);
      Checks.atLeast("attempt", 1, attempt);
      Checks.present("at", at);
    }
  }

  /**
   * An earlier start of it ended in its middle: what that left is removed, and it begins anew.
   *
   * @param removed what was removed, for a person; empty when nothing was left
   */
  @EventType(
      value = "io.echopilot.backup.interrupted.v1",
      summary = "An earlier start of a backup ended in its middle; it begins anew.")
  record BackupInterrupted(
      SourceId source, BackupId backup, int attempt, List<String> removed, Instant at)
      implements BackupEvent {
    public BackupInterrupted {
      Checks.present("source", source);
      Checks.present("backup", backup);
      Checks.atLeast("attempt", 1, attempt);
      removed = List.copyOf(Checks.present("removed", removed));
      Checks.present("at", at);
    }
  }

  /**
   * It lies in storage with its manifest, and is not proved yet.
   *
   * @param location where, for a person
   * @param files without the manifest
   * @param bytes in storage, without the manifest
   * @param sha256 of the manifest, which holds those of the files; 64 hexadecimal digits
   * @param took from the start of the dump until all was stored
   */
  @EventType(
      value = "io.echopilot.backup.completed.v1",
      summary = "A backup lies in storage with its manifest; it is not proved yet.")
  record BackupCompleted(
      SourceId source,
      BackupId backup,
      int attempt,
      String location,
      int files,
      long bytes,
      String sha256,
      Duration took,
      Instant at)
      implements BackupEvent {
    public BackupCompleted {
      Checks.present("source", source);
      Checks.present("backup", backup);
      Checks.atLeast("attempt", 1, attempt);
      Checks.text("location", location);
      Checks.atLeast("files", 1, files);
      Checks.atLeast("bytes", 1, bytes);
      Checks.text("sha256", sha256);
      Checks.notNegative("took", took);
      Checks.present("at", at);
    }
  }

  /** It was read back from storage, restored and compared: it is good. */
  @EventType(
      value = "io.echopilot.backup.verified.v1",
      summary = "A backup was read back from storage, restored and compared: it is good.")
  record BackupVerified(
      SourceId source,
      BackupId backup,
      int attempt,
      BackupReason reason,
      List<TableProof> tables,
      List<QueryProof> queries,
      long bytes,
      Duration took,
      Instant at)
      implements BackupEvent {
    public BackupVerified {
      Checks.present("source", source);
      Checks.present("backup", backup);
      Checks.atLeast("attempt", 1, attempt);
      Checks.present("reason", reason);
      tables = List.copyOf(Checks.present("tables", tables));
      queries = List.copyOf(Checks.present("queries", queries));
      Checks.atLeast("bytes", 1, bytes);
      Checks.notNegative("took", took);
      Checks.present("at", at);
    }
  }

  /** It could not be made; the next attempt is asked for, unless this was the last. */
  @EventType(value = "io.echopilot.backup.failed.v1", summary = "A backup could not be made.")
  record BackupFailed(
      SourceId source, BackupId backup, int attempt, BackupStep step, String reason, Instant at)
      implements BackupEvent {
    public BackupFailed {
      Checks.present("source", source);
      Checks.present("backup", backup);
      Checks.atLeast("attempt", 1, attempt);
      Checks.present("step", step);
      Checks.text("reason", reason);
      Checks.present("at", at);
    }
  }

  /** It was made, but is not what it should be: don't rely on it. */
  @EventType(
      value = "io.echopilot.backup.verification-failed.v1",
      summary = "A backup was made, but is not what it should be.")
  record BackupVerificationFailed(
      SourceId source,
      BackupId backup,
      int attempt,
      BackupStep step,
      List<String> findings,
      Instant at)
      implements BackupEvent {
    public BackupVerificationFailed {
      Checks.present("source", source);
      Checks.present("backup", backup);
      Checks.atLeast("attempt", 1, attempt);
      Checks.present("step", step);
      findings = List.copyOf(Checks.present("findings", findings));
      if (findings.isEmpty()) {
        throw new IllegalArgumentException("findings must not be empty");
      }
      Checks.present("at", at);
    }
  }

  /**
   * A table that the restored database holds as the dump's snapshot did.
   *
   * @param table with its schema
   * @param fingerprint of its content, whatever the order of its rows
   */
  record TableProof(String table, long rows, String fingerprint) {
    public TableProof {
      Checks.text("table.table", table);
      Checks.atLeast("table.rows", 0, rows);
      Checks.text("table.fingerprint", fingerprint);
    }
  }

  /**
   * A query of the owner that the restored database answers as the dump's snapshot did.
   *
   * @param result its one value, as text
   */
  record QueryProof(String query, String result) {
    public QueryProof {
      Checks.text("query.query", query);
      Checks.present("query.result", result);
    }
  }
}
