package io.echopilot.events;

import java.time.Instant;

/** Series that left their usual range; on {@code echopilot.anomalies}. */
public sealed interface AnomalyEvent extends Event {
  ServiceId service();

  SiteId site();

  /** The series, for example {@code health.latency}. */
  String series();

  @Override
  default String subject() {
    return service().value();
  }

  /** A value lies outside of the expected range. */
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
