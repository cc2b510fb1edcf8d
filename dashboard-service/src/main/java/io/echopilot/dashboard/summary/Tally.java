package io.echopilot.dashboard.summary;

import io.echopilot.events.ProbeRun;
import io.echopilot.events.SiteId;
import io.echopilot.events.TimelineEvent.SiteSummary;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * A site's results, counted.
 *
 * @param sum latency of all successes together
 * @param worst latency of the slowest success
 */
public record Tally(int succeeded, int failed, Duration sum, Duration worst) {
  static final Tally NONE = new Tally(0, 0, Duration.ZERO, Duration.ZERO);

  Tally with(ProbeRun run) {
    return switch (run.outcome()) {
      case SUCCESS -> succeeded(latency(run));
      case FAILURE -> new Tally(succeeded, failed + 1, sum, worst);
      case OVERRAN, UNKNOWN -> this;
    };
  }

  private Tally succeeded(Duration latency) {
    return new Tally(
        succeeded + 1, failed, sum.plus(latency), latency.compareTo(worst) > 0 ? latency : worst);
  }

  SiteSummary summary(SiteId site) {
    return new SiteSummary(
        site,
        succeeded,
        failed,
        ofSuccess(sum.dividedBy(Math.max(1, succeeded))),
        ofSuccess(worst));
  }

  private @Nullable Duration ofSuccess(Duration latency) {
    return succeeded == 0 ? null : latency;
  }

  private static Duration latency(ProbeRun run) {
    return run.phases() == null
        ? Duration.between(run.startedAt(), run.completedAt())
        : run.phases().total();
  }
}
