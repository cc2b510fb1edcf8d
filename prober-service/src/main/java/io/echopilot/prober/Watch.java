package io.echopilot.prober;

import io.echopilot.events.InstanceId;
import io.echopilot.events.LocationId;
import io.echopilot.events.ProbeEvent.EntrypointProbed;
import io.echopilot.events.ProbeEvent.ProbeCompleted;
import io.echopilot.events.ServiceDefinition;
import io.echopilot.events.ServiceDefinition.Entrypoint;
import io.echopilot.events.ServiceDefinition.Site;
import io.echopilot.events.ServiceId;
import io.echopilot.prober.location.Pulse;
import io.echopilot.prober.location.SelfDoubt;
import io.echopilot.prober.probe.Probes;
import io.echopilot.prober.publish.Reporter;
import io.echopilot.prober.publish.RunMeters;
import io.echopilot.prober.publish.Runner;
import io.echopilot.prober.schedule.ProbeLoop;
import io.echopilot.prober.schedule.Rhythm;
import io.echopilot.prober.schedule.Schedule;
import io.echopilot.probes.Probe;
import io.echopilot.starter.ServiceShare;
import io.micrometer.core.instrument.MeterRegistry;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Probes the services of this instance's share, as they are defined at the moment. */
final class Watch implements ServiceShare.Duty, AutoCloseable {
  private static final Logger log = LoggerFactory.getLogger(Watch.class);
  private static final Duration LONGEST_RUN = Duration.ofSeconds(20);

  private final LocationId location;
  private final InstanceId instance;
  private final Probes probes;
  private final SelfDoubt doubt;
  private final Pulse pulse;
  private final Reporter reporter;
  private final Schedule schedule;
  private final Clock clock;
  private final RunMeters meters;
  private final Map<ServiceId, List<ProbeLoop>> loops = new HashMap<>();

  Watch(
      LocationId location,
      InstanceId instance,
      Probes probes,
      SelfDoubt doubt,
      Pulse pulse,
      Reporter reporter,
      Schedule schedule,
      Clock clock,
      MeterRegistry meters) {
    this.location = location;
    this.instance = instance;
    this.probes = probes;
    this.doubt = doubt;
    this.pulse = pulse;
    this.reporter = reporter;
    this.schedule = schedule;
    this.clock = clock;
    this.meters = new RunMeters(meters);
    meters.gauge("echopilot.prober.services", this, Watch::size);
  }

  /** A definition takes effect at the next slot; a run that is going on ends and is reported. */
  @Override
  public synchronized void begin(ServiceDefinition definition) {
    List<ProbeLoop> begun;
    try {
      begun = definition.locations().contains(location) ? loops(definition) : List.of();
    } catch (RuntimeException e) {
      log.error(
          "{} can't be probed as it is defined now, the probes before go on: {}",
          definition.id(),
          e.getMessage(),
          e);
      return;
    }
    replace(definition.id(), begun);
  }

  private List<ProbeLoop> loops(ServiceDefinition definition) {
    List<ProbeLoop> all = new ArrayList<>();
    for (Site site : definition.sites()) {
      for (ServiceDefinition.Probe probe : definition.probes()) {
        all.add(loop(definition, site, probe));
      }
    }
    Entrypoint entrypoint = definition.entrypoint();
    if (entrypoint != null) {
      all.add(loop(definition, entrypoint));
    }
    return all;
  }

  @Override
  public synchronized void end(ServiceId service) {
    replace(service, List.of());
  }

  private void replace(ServiceId service, List<ProbeLoop> begun) {
    List<ProbeLoop> ended = loops.remove(service);
    if (!begun.isEmpty()) {
      loops.put(service, begun);
    }
    schedule.replace(Objects.requireNonNullElse(ended, List.of()), begun);
  }

  /** Waits for the runs that are going on, whose slots nobody else would do. */
  @Override
  public void close() {
    schedule.end().completeOnTimeout(null, LONGEST_RUN.toSeconds(), TimeUnit.SECONDS).join();
  }

  private synchronized int size() {
    return loops.size();
  }

  private ProbeLoop loop(ServiceDefinition definition, Site site, ServiceDefinition.Probe probe) {
    String name = definition.id() + "/" + site.id() + "/" + probe.id();
    Rhythm rhythm =
        Rhythm.of(
            probe.interval(),
            probe.confirm(),
            definition.failover().failures(),
            location + "/" + name);
    Runner.Telling telling =
        (finding, run) ->
            finding == null
                ? new ProbeCompleted(definition.id(), site.id(), probe.id(), null, run)
                : new ProbeCompleted(
                    definition.id(),
                    site.id(),
                    probe.id(),
                    finding.status(),
                    finding.numbers(),
                    finding.parts(),
                    run);
    return loop(name, rhythm, probes.of(definition, probe, site), probe.timeout(), telling);
  }

  private ProbeLoop loop(ServiceDefinition definition, Entrypoint entrypoint) {
    String name = definition.id() + "//entrypoint";
    Rhythm rhythm =
        Rhythm.of(entrypoint.interval(), entrypoint.interval(), 1, location + "/" + name);
    Runner.Telling telling =
        (finding, run) ->
            new EntrypointProbed(
                definition.id(),
                finding == null ? null : finding.status(),
                finding == null ? null : finding.servedBy(),
                run);
    return loop(name, rhythm, probes.of(definition, entrypoint), entrypoint.timeout(), telling);
  }

  private ProbeLoop loop(
      String name, Rhythm rhythm, Probe probe, Duration timeout, Runner.Telling telling) {
    return schedule.loop(
        rhythm,
        new Runner(
            name, probe, timeout, telling, location, instance, doubt, pulse, reporter, clock,
            meters));
  }
}
