package io.echopilot.failover.stream;

import io.echopilot.failover.decision.FailoverDecision;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * A service with what is derived from its state.
 *
 * @param nextDeadline when time alone may change something; null when it won't
 */
record Live(StoredService stored, @Nullable Instant nextDeadline) {
  static Live of(StoredService stored) {
    return new Live(
        stored,
        stored.removed() ? null : FailoverDecision.nextDeadline(stored.state()).orElse(null));
  }

  boolean isDue(Instant now) {
    return nextDeadline != null && !nextDeadline.isAfter(now);
  }

  Live withoutDeadline() {
    return new Live(stored, null);
  }
}
