package io.echopilot.events;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** Series that left their usual range; on {@code echopilot.anomalies}. */
public sealed interface AnomalyEvent extends Event {
  ServiceId service();

  SiteId site();

  /** The series, for example {@code health.latency}. */
  String series();

  Instant at();

  @Override
  default String subject() {
    return service().value();
  }

  /**
   * A value lies outside of the expected range, or something else is odd about it.
   *
   * @param value what was seen; with a silence for want of values, the last one
   * @param expectedLow the least that would have been usual
   * @param expectedHigh the most
   * @param kind how it left the range; null from senders before it was told
   * @param sentence what is odd, for people; null like {@code kind}
   */
  @EventType(
      value = "io.echopilot.anomaly.detected.v1",
      summary = "A series left the range that its past lets expect.")
  record AnomalyDetected(
      ServiceId service,
      SiteId site,
      String series,
      double value,
      double expectedLow,
      double expectedHigh,
      @Nullable AnomalyKind kind,
      @Nullable String sentence,
      Instant at)
      implements AnomalyEvent {
    public AnomalyDetected {
      Checks.present("service", service);
      Checks.present("site", site);
      Checks.text("series", series);
      Checks.present("at", at);
    }
  }

  /** The series is back in its range. */
  @EventType(
      value = "io.echopilot.anomaly.cleared.v1",
      summary = "A series is back in the range that its past lets expect.")
  record AnomalyCleared(ServiceId service, SiteId site, String series, Instant at)
      implements AnomalyEvent {
    public AnomalyCleared {
      Checks.present("service", service);
      Checks.present("site", site);
      Checks.text("series", series);
      Checks.present("at", at);
    }
  }
}
