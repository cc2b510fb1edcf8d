package io.echopilot.failover.policy;

import io.echopilot.events.ProbeId;
import io.echopilot.events.Slo;
import io.echopilot.events.SloId;
import java.time.Duration;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** An objective as people write it; {@link Slo} says what each key means. */
record SloSettings(
    @Nullable SloId id,
    @Nullable Double objective,
    @Nullable Duration window,
    @Nullable ProbeId probe,
    @Nullable Duration under,
    @Nullable String good,
    @Nullable String total,
    @Nullable Integer leastBad,
    @Nullable Double mostPerDay) {
  /** The runbook counts over thirty days. */
  private static final Duration WINDOW = Duration.ofDays(30);

  /** As many as a failover needs: one failed probe never pages. */
  private static final int LEAST_BAD = 3;

  Slo slo() {
    if (id == null) {
      throw new IllegalArgumentException("slo.id is missing");
    }
    if (objective == null) {
      throw new IllegalArgumentException("slo.objective is missing: a percentage, such as 99.9");
    }
    return new Slo(
        id,
        objective,
        Objects.requireNonNullElse(window, WINDOW),
        probe,
        under,
        good,
        total,
        Objects.requireNonNullElse(leastBad, LEAST_BAD),
        mostPerDay);
  }
}
