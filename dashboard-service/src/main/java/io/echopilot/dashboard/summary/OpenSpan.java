package io.echopilot.dashboard.summary;

import io.echopilot.events.ProbeEvent.ProbeCompleted;
import io.echopilot.events.ServiceId;
import io.echopilot.events.SiteId;
import io.echopilot.events.TimelineEvent.ProbesSummarized;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.TreeMap;

/**
 * The span of time that is under way for a service, and what came in it. A result belongs to the
 * span in which it arrived, so a span that is over changes no more.
 *
 * @param from a whole multiple of the length since 1970
 */
public record OpenSpan(ServiceId service, Instant from, Duration length, Map<SiteId, Tally> sites) {
  public OpenSpan {
    sites = Map.copyOf(sites);
  }

  /** The span that a moment lies in, still empty. */
  public static OpenSpan around(ServiceId service, Instant now, Duration length) {
    long millis = length.toMillis();
    long from = Math.floorDiv(now.toEpochMilli(), millis) * millis;
    return new OpenSpan(service, Instant.ofEpochMilli(from), length, Map.of());
  }

  public boolean isOver(Instant now) {
    return !now.isBefore(from.plus(length));
  }

  /** An impaired location's result says nothing of the site and is left out. */
  public OpenSpan with(ProbeCompleted result) {
    if (result.run().locationImpaired()) {
      return this;
    }
    Map<SiteId, Tally> more = new TreeMap<>(sites);
    more.put(result.site(), sites.getOrDefault(result.site(), Tally.NONE).with(result.run()));
    return new OpenSpan(service, from, length, more);
  }

  public ProbesSummarized summary() {
    return new ProbesSummarized(
        service,
        from,
        length,
        new TreeMap<>(sites)
            .entrySet().stream().map(entry -> entry.getValue().summary(entry.getKey())).toList());
  }
}
