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
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ProbeLoopTest {
  private static final Instant NOON = Instant.parse("2026-11-24T12:00:00Z");
  private static final Duration SECOND = Duration.ofSeconds(1);
  private static final Duration FIFTH = Duration.ofMillis(200);

  private final VirtualTime time = new VirtualTime(NOON);
  private final List<String> log = new ArrayList<>();
  private Supplier<CompletableFuture<Lesson>> target = () -> done(Lesson.SUCCESS);

  private final ProbeLoop loop =
      new ProbeLoop(
          time,
          time.clock(),
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
          });

  @Test
  void aProbeRunsOncePerSlot() {
    loop.start();
    time.advance(Duration.ofMillis(3_600));

    assertThat(log).containsExactly("run 500", "run 1500", "run 2500", "run 3500");
  }

  @Test
  void aFailureIsConfirmedSoonAndADownTargetIsLeftToItsInterval() {
    target = () -> done(Lesson.FAILURE);
    loop.start();
    time.advance(Duration.ofMillis(2_600));

    assertThat(log).containsExactly("run 500", "run 700", "run 900", "run 1500", "run 2500");
  }

  @Test
  void anImpairedLocationLearnsNothing() {
    target = () -> done(Lesson.NOTHING);
    loop.start();
    time.advance(Duration.ofMillis(2_600));

    assertThat(log).containsExactly("run 500", "run 1500", "run 2500");
  }

  @Test
  void aRunThatIsStillGoingAtItsNextSlotIsReportedNotDoubled() {
    CompletableFuture<Lesson> hanging = new CompletableFuture<>();
    target = () -> hanging;
    loop.start();
    time.advance(Duration.ofMillis(2_600));
    hanging.complete(Lesson.SUCCESS);
    target = () -> done(Lesson.SUCCESS);
    time.advance(SECOND);

    assertThat(log).containsExactly("run 500", "overran 1500", "overran 2500", "run 3500");
  }

  @Test
  void aStoppedLoopBeginsNoSlot() {
    loop.start();
    time.advance(Duration.ofMillis(600));
    loop.stop();
    time.advance(Duration.ofSeconds(5));

    assertThat(log).containsExactly("run 500");
  }

  @ParameterizedTest
  @ValueSource(ints = {-20, 20})
  void aSteppedClockNeitherStopsNorBurstsTheLoop(int minutes) {
    loop.start();
    time.advance(Duration.ofSeconds(2));
    log.clear();
    time.step(Duration.ofMinutes(minutes));
    time.advance(Duration.ofSeconds(10));

    assertThat(log).hasSizeBetween(8, 11);
  }

  private static CompletableFuture<Lesson> done(Lesson lesson) {
    return CompletableFuture.completedFuture(lesson);
  }

  private static long offset(Planned planned) {
    return Duration.between(NOON, planned.slot().start()).toMillis();
  }
}
