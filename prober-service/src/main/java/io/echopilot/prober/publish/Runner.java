package io.echopilot.prober.publish;

import io.echopilot.events.InstanceId;
import io.echopilot.events.LocationId;
import io.echopilot.events.Outcome;
import io.echopilot.events.ProbeEvent;
import io.echopilot.events.ProbeRun;
import io.echopilot.prober.location.Pulse;
import io.echopilot.prober.location.SelfDoubt;
import io.echopilot.prober.schedule.ProbeLoop;
import io.echopilot.prober.schedule.ProbeLoop.Lesson;
import io.echopilot.prober.schedule.Rhythm.Planned;
import io.echopilot.probes.Finding;
import io.echopilot.probes.Probe;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;

/** One probe of one target: looks, doubts itself when that failed, and reports. */
public final class Runner implements ProbeLoop.Runs {
  private final String name;
  private final Probe probe;
  private final Duration timeout;
  private final Telling telling;
  private final LocationId location;
  private final InstanceId instance;
  private final SelfDoubt doubt;
  private final Pulse pulse;
  private final Reporter reporter;
  private final Clock clock;
  private final RunMeters meters;

  /** Makes the event of a run. */
  public interface Telling {
    ProbeEvent event(@Nullable Finding finding, ProbeRun run);
  }

  /**
   * Makes a runner.
   *
   * @param name of the target, for the events' ids
   */
  public Runner(
      String name,
      Probe probe,
      Duration timeout,
      Telling telling,
      LocationId location,
      InstanceId instance,
      SelfDoubt doubt,
      Pulse pulse,
      Reporter reporter,
      Clock clock,
      RunMeters meters) {
    this.name = name;
    this.probe = probe;
    this.timeout = timeout;
    this.telling = telling;
    this.location = location;
    this.instance = instance;
    this.doubt = doubt;
    this.pulse = pulse;
    this.reporter = reporter;
    this.clock = clock;
    this.meters = meters;
  }

  @Override
  public CompletableFuture<Lesson> start(Planned planned) {
    Instant startedAt = clock.instant();
    long startedNanos = System.nanoTime();
    return probe
        .run()
        .thenApply(finding -> pulse.doubted(finding, timeout, startedNanos))
        .thenCompose(finding -> {
          Instant completedAt = clock.instant();
          return impaired(finding, startedNanos)
              .thenApply(impaired -> report(planned, startedAt, completedAt, finding, impaired));
        });
  }

  private CompletableFuture<Boolean> impaired(Finding finding, long startedNanos) {
    return finding.outcome() == Outcome.FAILURE
        ? doubt.isImpaired(startedNanos)
        : CompletableFuture.completedFuture(doubt.isImpaired());
  }

  private Lesson report(
      Planned planned, Instant startedAt, Instant completedAt, Finding finding, boolean impaired) {
    Outcome outcome = finding.outcome();
    publish(
        finding,
        new ProbeRun(
            location,
            instance,
            planned.slot(),
            planned.interval(),
            startedAt,
            completedAt,
            outcome,
            finding.error(),
            finding.phases(),
            impaired));
    meters.took(outcome, finding.phases().total());
    if (impaired) {
      return Lesson.NOTHING;
    }
    return switch (outcome) {
      case SUCCESS -> Lesson.SUCCESS;
      case FAILURE -> Lesson.FAILURE;
      case OVERRAN, UNKNOWN -> Lesson.NOTHING;
    };
  }

  @Override
  public void overran(Planned planned) {
    Instant now = clock.instant();
    publish(
        null,
        new ProbeRun(
            location,
            instance,
            planned.slot(),
            planned.interval(),
            now,
            now,
            Outcome.OVERRAN,
            null,
            null,
            false));
    meters.overran();
  }

  private void publish(@Nullable Finding finding, ProbeRun run) {
    reporter.publish(
        telling.event(finding, run),
        location + "/" + name + "/" + run.slot().start().toEpochMilli());
  }

  @Override
  public void missed(long slots) {
    meters.missed(slots);
  }

  @Override
  public void late(Duration lateness) {
    meters.late(lateness);
  }
}
