package io.echopilot.prober.publish;

import io.echopilot.events.Outcome;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import java.time.Duration;
import java.util.Arrays;
import java.util.Map;
import java.util.Objects;
import java.util.function.Function;
import java.util.stream.Collectors;

/** What all runs of an instance are counted by; found once, and not at each run. */
public final class RunMeters {
  private final Map<Outcome, Timer> durations;
  private final Timer lateness;
  private final Counter overran;
  private final Counter missed;

  public RunMeters(MeterRegistry meters) {
    durations =
        Arrays.stream(Outcome.values())
            .collect(
                Collectors.toUnmodifiableMap(
                    Function.identity(),
                    outcome ->
                        meters.timer("echopilot.probe.duration", "outcome", outcome.value())));
    lateness = meters.timer("echopilot.probe.lateness");
    overran = meters.counter("echopilot.probe.overran");
    missed = meters.counter("echopilot.probe.missed");
  }

  void took(Outcome outcome, Duration duration) {
    Objects.requireNonNull(durations.get(outcome)).record(duration);
  }

  void late(Duration by) {
    lateness.record(by);
  }

  void overran() {
    overran.increment();
  }

  void missed(long slots) {
    missed.increment((double) slots);
  }
}
