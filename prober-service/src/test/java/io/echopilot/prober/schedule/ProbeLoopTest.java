package io.echopilot.prober.schedule;

import static org.assertj.core.api.Assertions.assertThat;

import io.echopilot.prober.schedule.ProbeLoop.Lesson;
import io.echopilot.prober.schedule.Rhythm.Planned;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.function.Supplier;
import org.junit.jupiter.api.Test;

class ProbeLoopTest {
  private static final Instant NOON = Instant.parse("2026-11-24T12:00:00Z");
  private static final Duration SECOND = Duration.ofSeconds(1);
  private static final Duration FIFTH = Duration.ofMillis(200);

  private final VirtualTime time = new VirtualTime(NOON);
  private final List<String> log = new ArrayList<>();
  private Supplier<CompletableFuture<Lesson>> target = () -> done(Lesson.SUCCESS);

  private final Schedule schedule =
      new Schedule(time, new SteadyClock(time.clock(), time::nanoTime));
  private final ProbeLoop loop =
      schedule.loop(
          new Rhythm(SECOND, FIFTH, 3, Duration.ofMillis(500), 0),
          new ProbeLoop.Runs() {
            @Override
            public CompletableFuture<Lesson> start(Planned planned) {
              log.add("run " + offset(planned));
              return target.get();
            }

            @Override
            public void overran(Planned planned) {
              log.add("overran " + offset(planned));
            }

            @Override
            public void late(Duration lateness) {
              assertThat(lateness).isBetween(Duration.ZERO, SECOND);
            }

            @Override
            public void missed(long slots) {
              log.add("missed " + slots);
            }
          });

  @Test
  void aProbeRunsOncePerSlot() {
    schedule.replace(List.of(), List.of(loop));
    time.advance(Duration.ofMillis(3_600));

    assertThat(log).containsExactly("run 500", "run 1500", "run 2500", "run 3500");
  }

  @Test
  void aFailureIsConfirmedSoonAndADownTargetIsLeftToItsInterval() {
    target = () -> done(Lesson.FAILURE);
    schedule.replace(List.of(), List.of(loop));
    time.advance(Duration.ofMillis(2_600));

    assertThat(log).containsExactly("run 500", "run 700", "run 900", "run 1500", "run 2500");
  }

  @Test
  void anImpairedLocationLearnsNothing() {
    target = () -> done(Lesson.NOTHING);
    schedule.replace(List.of(), List.of(loop));
    time.advance(Duration.ofMillis(2_600));

    assertThat(log).containsExactly("run 500", "run 1500", "run 2500");
  }

  @Test
  void aRunThatIsStillGoingAtItsNextSlotIsReportedNotDoubled() {
    CompletableFuture<Lesson> hanging = new CompletableFuture<>();
    target = () -> hanging;
    schedule.replace(List.of(), List.of(loop));
    time.advance(Duration.ofMillis(2_600));
    hanging.complete(Lesson.SUCCESS);
    target = () -> done(Lesson.SUCCESS);
    time.advance(SECOND);

    assertThat(log).containsExactly("run 500", "overran 1500", "overran 2500", "run 3500");
  }

  @Test
  void aStoppedLoopBeginsNoSlot() {
    schedule.replace(List.of(), List.of(loop));
    time.advance(Duration.ofMillis(600));
    schedule.replace(List.of(loop), List.of());
    time.advance(Duration.ofSeconds(5));

    assertThat(log).containsExactly("run 500");
  }

  private static CompletableFuture<Lesson> done(Lesson lesson) {
    return CompletableFuture.completedFuture(lesson);
  }

  private static long offset(Planned planned) {
    return Duration.between(NOON, planned.slot().start()).toMillis();
  }
}
