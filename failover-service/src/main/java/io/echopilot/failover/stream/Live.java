package io.echopilot.failover.stream;

import io.echopilot.events.FailoverStateEvent.FailoverState;
import io.echopilot.failover.decision.FailoverDecision;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * A service with what is derived from its state.
 *
 * @param nextDeadline when time alone may change something; null when it won't
 * @param shown the view that was published last; null when this process published none
 * @param changedBy what the state changed by since then; null when the view is still current
 */
record Live(
    StoredService stored,
    @Nullable Instant nextDeadline,
    @Nullable FailoverState shown,
    @Nullable String changedBy) {

  /** As it stands in the store; whether its view was published isn't known. */
  static Live restored(StoredService stored) {
    return of(stored, null, "restored@" + stored.state().now());
  }

  private static Live of(StoredService stored, @Nullable FailoverState shown, String changedBy) {
    return stored.removed()
        ? new Live(stored, null, null, null)
        : new Live(
            stored, FailoverDecision.nextDeadline(stored.state()).orElse(null), shown, changedBy);
  }

  /** What a service becomes by a record or a deadline. */
  static Live changed(@Nullable Live before, StoredService after, String cause) {
    return of(after, before == null ? null : before.shown(), cause);
  }

  Live showing(@Nullable FailoverState view) {
    return new Live(stored, nextDeadline, view, null);
  }

  boolean isDue(Instant now) {
    return nextDeadline != null && !nextDeadline.isAfter(now);
  }

  Live withoutDeadline() {
    return new Live(stored, null, shown, changedBy);
  }
}
