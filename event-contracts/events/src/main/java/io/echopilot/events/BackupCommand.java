package io.echopilot.events;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** What is to be done about backups; on {@code echopilot.backup-commands}. */
public sealed interface BackupCommand extends Event {
  SourceId source();

  @Override
  default String subject() {
    return source().value();
  }

  /**
   * A backup is to be made and proved.
   *
   * @param service whose failover asks for it; null for any other reason
   * @param attempt counted from 1
   * @param at when it was asked for; the backup's name is made from the first attempt's
   */
  @EventType(
      value = "io.echopilot.backup.requested.v1",
      summary = "A backup is to be made and proved.")
  record BackupRequested(
      SourceId source,
      BackupId backup,
      BackupReason reason,
      @Nullable ServiceId service,
      int attempt,
      Instant at)
      implements BackupCommand {
    public BackupRequested {
      Checks.present("source", source);
      Checks.present("backup", backup);
      Checks.present("reason", reason);
      Checks.atLeast("attempt", 1, attempt);
      Checks.present("at", at);
    }
  }
}
