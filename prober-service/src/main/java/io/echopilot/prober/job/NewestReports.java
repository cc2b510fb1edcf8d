package io.echopilot.prober.job;

import io.echopilot.events.JobEvent;
import io.echopilot.events.JobEvent.JobReported;
import io.echopilot.events.ProbeId;
import io.echopilot.events.RecordPosition;
import io.echopilot.events.ServiceId;
import io.echopilot.events.SiteId;
import io.echopilot.starter.CompactedTopicListener;
import java.time.Instant;
import java.util.Comparator;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * When each job last reported in, by the broker's clock: one for all reports, whichever prober took
 * them. A job costs one entry of about 150 bytes.
 */
final class NewestReports implements CompactedTopicListener<JobEvent> {
  private final Map<String, Instant> newest = new ConcurrentHashMap<>();

  /** For a site, or for all of the service's; empty when the job never has. */
  Optional<Instant> of(ServiceId service, ProbeId probe, SiteId site) {
    return Stream.of(at(service, probe, null), at(service, probe, site))
        .filter(Objects::nonNull)
        .max(Comparator.naturalOrder());
  }

  private @Nullable Instant at(ServiceId service, ProbeId probe, @Nullable SiteId site) {
    return newest.get(JobReported.subject(service, probe, site));
  }

  @Override
  public void updated(JobEvent event, RecordPosition position, Instant taken) {
    newest.put(event.subject(), taken);
  }

  @Override
  public void removed(String key) {
    newest.remove(key);
  }
}
