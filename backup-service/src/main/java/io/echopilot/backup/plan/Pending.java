package io.echopilot.backup.plan;

import io.echopilot.events.BackupReason;
import io.echopilot.events.ServiceId;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * A backup that is asked for and not proved yet.
 *
 * @param service whose failover asks for it; null for any other reason
 * @param attempt that was asked for last
 * @param retryAt when the next attempt is asked for; null while one is under way
 */
public record Pending(
    BackupReason reason, @Nullable ServiceId service, int attempt, @Nullable Instant retryAt) {
  boolean isDue(Instant now) {
    return retryAt != null && !retryAt.isAfter(now);
  }

  Pending again() {
    return new Pending(reason, service, attempt + 1, null);
  }

  Pending waiting(Instant until) {
    return new Pending(reason, service, attempt, until);
  }
}
