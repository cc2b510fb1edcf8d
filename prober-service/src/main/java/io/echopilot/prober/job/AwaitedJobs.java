package io.echopilot.prober.job;

import io.echopilot.events.EventJson;
import io.echopilot.events.ProbeId;
import io.echopilot.events.RecordPosition;
import io.echopilot.events.ServiceDefinition;
import io.echopilot.events.ServiceEvent;
import io.echopilot.events.ServiceEvent.ServiceDefined;
import io.echopilot.events.ServiceEvent.ServiceRemoved;
import io.echopilot.events.ServiceId;
import io.echopilot.probes.SecretRef;
import io.echopilot.probes.heartbeat.HeartbeatCheck;
import io.echopilot.probes.heartbeat.HeartbeatKind;
import io.echopilot.starter.CompactedTopicListener;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import tools.jackson.core.JacksonException;

/** The jobs that some definition waits for, of all services. */
final class AwaitedJobs implements CompactedTopicListener<ServiceEvent> {
  private final Map<ServiceId, Service> services = new ConcurrentHashMap<>();

  private record Service(long revision, Map<ProbeId, Awaited> jobs) {}

  /**
   * A job.
   *
   * @param token that it shows
   * @param since when its service was defined with it, as far as this process knows
   */
  record Awaited(ServiceDefinition definition, SecretRef token, Instant since) {}

  Optional<Awaited> of(ServiceId service, ProbeId probe) {
    return Optional.ofNullable(services.get(service)).map(known -> known.jobs().get(probe));
  }

  @Override
  public void updated(ServiceEvent event, RecordPosition position, Instant taken) {
    Service known = services.get(event.service());
    if (known != null && event.revision() <= known.revision()) {
      return;
    }
    switch (event) {
      case ServiceDefined defined ->
          services.put(
              defined.service(),
              new Service(defined.revision(), jobs(defined.definition(), taken)));
      case ServiceRemoved removed -> services.remove(removed.service());
    }
  }

  private Map<ProbeId, Awaited> jobs(ServiceDefinition definition, Instant taken) {
    Map<ProbeId, Awaited> jobs = new HashMap<>();
    for (ServiceDefinition.Probe probe : definition.probes()) {
      if (probe.check().kind().equals(HeartbeatKind.KEY)) {
        Instant since = of(definition.id(), probe.id()).map(Awaited::since).orElse(taken);
        token(probe)
            .ifPresent(token -> jobs.put(probe.id(), new Awaited(definition, token, since)));
      }
    }
    return Map.copyOf(jobs);
  }

  /** Empty when a later version wrote what this one can't read; the probe says so at each run. */
  private static Optional<SecretRef> token(ServiceDefinition.Probe probe) {
    try {
      return Optional.of(
          EventJson.mapper().convertValue(probe.check().settings(), HeartbeatCheck.class).token());
    } catch (JacksonException _) {
      return Optional.empty();
    }
  }
}
