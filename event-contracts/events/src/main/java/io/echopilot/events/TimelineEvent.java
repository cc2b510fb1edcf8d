package io.echopilot.events;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What stands on {@code echopilot.timeline} only: probe results, in short. */
public sealed interface TimelineEvent extends Event {
  /**
   * Header of the other records there: topic, partition and offset that they were merged from, such
   * as {@code echopilot.incidents-3@17}.
   */
  String ORIGIN = "echopilot_origin";

  /**
   * How the sites of a service answered in a span of time, over all locations. Results of impaired
   * locations are left out.
   *
   * @param from start of the span, a whole multiple of its length since 1970
   * @param sites in order of their ids; those without results are missing
   */
  @EventType(
      value = "io.echopilot.probes.summarized.v1",
      summary = "How the sites of a service answered in a span of time.")
  record ProbesSummarized(ServiceId service, Instant from, Duration span, List<SiteSummary> sites)
      implements TimelineEvent {
    public ProbesSummarized {
      Checks.present("service", service);
      Checks.present("from", from);
      Checks.positive("span", span);
      sites = List.copyOf(Checks.present("sites", sites));
    }

    @Override
    public String subject() {
      return service.value();
    }
  }

  /**
   * How a site answered.
   *
   * @param mean latency of the successes; null when there is none
   * @param worst latency of the successes; null when there is none
   */
  record SiteSummary(
      SiteId site, int succeeded, int failed, @Nullable Duration mean, @Nullable Duration worst) {
    public SiteSummary {
      Checks.present("site", site);
      Checks.atLeast("succeeded", 0, succeeded);
      Checks.atLeast("failed", 0, failed);
    }
  }
}
