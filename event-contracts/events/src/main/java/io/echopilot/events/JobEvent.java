package io.echopilot.events;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** Signs of life of the jobs that probes of the kind {@code heartbeat} wait for. */
public sealed interface JobEvent extends Event {
  /**
   * A job reported in.
   *
   * @param probe that waits for it
   * @param site that it spoke for; null when it spoke for all sites of the service
   * @param location whose prober it told
   * @param at by that prober's clock; what counts is when Kafka took the record
   */
  @EventType(
      value = "io.echopilot.job.reported.v1",
      summary = "A job that a heartbeat probe waits for reported in.")
  record JobReported(
      ServiceId service, ProbeId probe, @Nullable SiteId site, LocationId location, Instant at)
      implements JobEvent {
    public JobReported {
      Checks.present("service", service);
      Checks.present("probe", probe);
      Checks.present("location", location);
      Checks.present("at", at);
    }

    @Override
    public String subject() {
      return subject(service, probe, site);
    }

    /** The key under which its newest report is kept. */
    public static String subject(ServiceId service, ProbeId probe, @Nullable SiteId site) {
      return service + "/" + probe + (site == null ? "" : "/" + site);
    }
  }
}
