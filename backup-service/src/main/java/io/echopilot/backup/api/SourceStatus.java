package io.echopilot.backup.api;

import io.echopilot.events.BackupEvent;
import io.echopilot.events.BackupEvent.BackupCompleted;
import io.echopilot.events.BackupEvent.BackupFailed;
import io.echopilot.events.BackupEvent.BackupInterrupted;
import io.echopilot.events.BackupEvent.BackupStarted;
import io.echopilot.events.BackupEvent.BackupVerificationFailed;
import io.echopilot.events.BackupEvent.BackupVerified;
import io.echopilot.events.BackupId;
import io.echopilot.events.BackupStep;
import io.echopilot.events.SourceId;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * How the backups of a source stand.
 *
 * @param underWay what is being made or proved; null when nothing is
 * @param lastVerified the newest that is proved; null when none is
 * @param lastFailed the newest failure; null when there was none
 */
public record SourceStatus(
    SourceId source,
    @Nullable UnderWay underWay,
    @Nullable BackupVerified lastVerified,
    @Nullable Failure lastFailed) {
  /** A backup that is being made or, once it is stored, proved. */
  public record UnderWay(BackupId backup, int attempt, boolean stored, Instant since) {}

  /** Why a backup is no good, or is none. */
  public record Failure(
      BackupId backup, int attempt, BackupStep step, List<String> reasons, Instant at) {}

  /** A source of which nothing was heard. */
  static SourceStatus unknown(SourceId source) {
    return new SourceStatus(source, null, null, null);
  }

  SourceStatus heard(BackupEvent event) {
    return switch (event) {
      case BackupStarted e -> making(new UnderWay(e.backup(), e.attempt(), false, e.at()));
      case BackupInterrupted e -> making(new UnderWay(e.backup(), e.attempt(), false, e.at()));
      case BackupCompleted e -> making(new UnderWay(e.backup(), e.attempt(), true, e.at()));
      case BackupVerified e -> new SourceStatus(source, null, e, lastFailed);
      case BackupFailed e ->
          failed(new Failure(e.backup(), e.attempt(), e.step(), List.of(e.reason()), e.at()));
      case BackupVerificationFailed e ->
          failed(new Failure(e.backup(), e.attempt(), e.step(), e.findings(), e.at()));
    };
  }

  private SourceStatus making(UnderWay now) {
    return new SourceStatus(source, now, lastVerified, lastFailed);
  }

  private SourceStatus failed(Failure failure) {
    return new SourceStatus(source, null, lastVerified, failure);
  }
}
