package io.echopilot.prober.slo;

import io.echopilot.events.Outcome;
import io.echopilot.events.ProbeEvent;
import io.echopilot.events.ProbeEvent.EntrypointProbed;
import io.echopilot.events.ProbeEvent.ProbeCompleted;
import io.echopilot.events.ProbeRun;
import io.echopilot.events.ServiceDefinition;
import io.echopilot.events.ServiceDefinition.Entrypoint;
import io.echopilot.events.ServiceDefinition.Probe;
import io.echopilot.events.Slo;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/**
 * An objective and what a result means to it.
 *
 * @param intervals of the probes that count, by probe; of the entrypoint under its own name
 * @param share of one result: so many probes and locations look at the same time
 */
record Promise(Slo slo, Map<String, Duration> intervals, double share) {
  /** No probe's name: names have no slashes. */
  static final String ENTRYPOINT = "/";

  private static final double MILLIS = 1e3;

  /** What an objective means for each site. */
  static Promise ofSites(Slo slo, ServiceDefinition definition) {
    Map<String, Duration> intervals = new HashMap<>();
    for (Probe probe : definition.probes()) {
      if (slo.counts(probe)) {
        intervals.put(probe.id().value(), probe.interval());
      }
    }
    return of(slo, intervals, definition);
  }

  /** For the service as its users find it; empty where the entrypoint can't tell. */
  static Optional<Promise> ofEntrypoint(Slo slo, ServiceDefinition definition) {
    Entrypoint entrypoint = definition.entrypoint();
    if (entrypoint == null || slo.probe() != null || slo.good() != null) {
      return Optional.empty();
    }
    return Optional.of(of(slo, Map.of(ENTRYPOINT, entrypoint.interval()), definition));
  }

  private static Promise of(
      Slo slo, Map<String, Duration> intervals, ServiceDefinition definition) {
    return new Promise(
        slo, intervals, 1.0 / (intervals.size() * Math.max(1, definition.locations().size())));
  }

  /** Under which its counts are kept: seconds and things don't add up. */
  String key() {
    return slo.good() == null ? slo.id().value() : slo.id().value() + "~";
  }

  boolean countsThings() {
    return slo.good() != null;
  }

  /** The longest time between two results. */
  Duration interval() {
    return intervals.values().stream().max(Duration::compareTo).orElse(Duration.ZERO);
  }

  /** What a result adds: nothing seen when it says nothing to this objective. */
  Sum weigh(ProbeEvent event) {
    Duration interval = intervals.get(source(event));
    if (interval == null) {
      return Sum.NOTHING;
    }
    return switch (event) {
      case ProbeCompleted completed when countsThings() -> things(completed);
      case ProbeCompleted _, EntrypointProbed _ -> seconds(event.run(), interval);
    };
  }

  static String source(ProbeEvent event) {
    return switch (event) {
      case ProbeCompleted completed -> completed.probe().value();
      case EntrypointProbed _ -> ENTRYPOINT;
    };
  }

  /** Time until the next slot as planned, which is all that is known of it. */
  private Sum seconds(ProbeRun run, Duration interval) {
    long millis = Math.min(run.interval().toMillis(), interval.toMillis());
    double seconds = millis / MILLIS * share;
    return isBad(run) ? new Sum(seconds, seconds, 1) : new Sum(0, seconds, 0);
  }

  private boolean isBad(ProbeRun run) {
    Duration under = slo.under();
    boolean slow =
        under != null && run.phases() != null && run.phases().total().compareTo(under) >= 0;
    return run.outcome() == Outcome.FAILURE || slow;
  }

  private Sum things(ProbeCompleted event) {
    Double good = event.numbers().get(slo.good());
    Double total = event.numbers().get(slo.total());
    if (good == null || total == null || !(total > 0) || !Double.isFinite(total + good)) {
      return Sum.NOTHING;
    }
    double bad = Math.clamp(total - good, 0, total) * share;
    return new Sum(bad, total * share, (long) Math.ceil(bad));
  }
}
