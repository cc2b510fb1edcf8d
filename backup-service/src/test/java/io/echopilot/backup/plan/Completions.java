package io.echopilot.backup.plan;

import io.echopilot.events.Confirmation;
import io.echopilot.events.DecisionId;
import io.echopilot.events.Epoch;
import io.echopilot.events.FailoverEvent.FailoverCompleted;
import io.echopilot.events.Rationale;
import io.echopilot.events.ServiceId;
import io.echopilot.events.SiteId;
import java.time.Instant;
import java.util.List;

/** Failovers that are complete. */
public final class Completions {
  private Completions() {}

  public static FailoverCompleted of(String service, long counter, Instant at) {
    return new FailoverCompleted(
        new ServiceId(service),
        new SiteId("primary"),
        new SiteId("fallback"),
        new Epoch(0, counter),
        new DecisionId("d" + counter),
        Confirmation.ENTRYPOINT,
        at.minusSeconds(3),
        new Rationale(1, at, null, "policy", List.of("served by fallback"), List.of()));
  }
}
