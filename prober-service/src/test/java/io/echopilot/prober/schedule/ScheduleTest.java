package io.echopilot.prober.schedule;

import static org.assertj.core.api.Assertions.assertThat;

import io.echopilot.prober.schedule.ProbeLoop.Lesson;
import io.echopilot.prober.schedule.Rhythm.Planned;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Loops of ten seconds, four seconds after each multiple, in virtual time. */
class ScheduleTest {
  private static final Instant NOON = Instant.parse("2026-11-24T12:00:00Z");
  private static final Duration TEN = Duration.ofSeconds(10);
  private static final Duration PHASE = Duration.ofSeconds(4);

  private final VirtualTime time = new VirtualTime(NOON);
  private final Schedule schedule =
      new Schedule(time, new SteadyClock(time.clock(), time::nanoTime));
  private final List<Begun> begun = new ArrayList<>();
  private final List<Instant> missed = new ArrayList<>();
  private final List<Instant> overran = new ArrayList<>();
  private final Random random = new Random(1);

  /** A run, and both clocks when it began. */
  private record Begun(String by, Instant slot, Instant wall, long nanos) {}

  @Test
  void aDayHasEachOfItsSlotsOnceHoweverLongTheRunsTake() {
    begin(loop("one", () -> after(Duration.ofMillis(random.nextInt(9_900)))));

    time.advance(Duration.ofDays(1));

    assertThat(begun).hasSize(8_640);
    for (int i = 0; i < begun.size(); i++) {
      assertThat(begun.get(i).slot()).isEqualTo(NOON.plus(PHASE).plus(TEN.multipliedBy(i)));
      assertThat(begun.get(i).wall()).isEqualTo(begun.get(i).slot());
    }
    assertThat(overran).isEmpty();
  }

  @Test
  void aRunThatIsStillGoingAtItsNextSlotIsReportedForEachSlot() {
    begin(loop("one", () -> after(Duration.ofSeconds(25))));

    time.advance(Duration.ofMinutes(1));

    assertThat(begun).extracting(run -> seconds(run.slot())).containsExactly(4L, 34L);
    assertThat(overran).extracting(ScheduleTest::seconds).containsExactly(14L, 24L, 44L, 54L);
  }

  @ParameterizedTest
  @ValueSource(longs = {-1_200_000, 1_200_000, -1_203_700, 1_203_700, -3_500, 3_500})
  void aSteppedClockNeitherStopsNorBurstsTheSchedule(long step) {
    begin(loop("one", () -> after(Duration.ofMillis(100))));
    time.advance(Duration.ofMinutes(10));
    time.step(Duration.ofMillis(step));
    time.advance(Duration.ofHours(1));

    assertThat(begun).hasSizeBetween(419, 421);
    assertThat(missed).isEmpty();
    for (int i = 1; i < begun.size(); i++) {
      assertThat(begun.get(i).nanos() - begun.get(i - 1).nanos()).isBetween(1L, 2 * TEN.toNanos());
    }
    // Within two intervals all slots lie on the grid of the clock as it is now, and on time.
    assertThat(begun.subList(63, begun.size()))
        .allSatisfy(run -> {
          assertThat(Math.floorMod(run.slot().toEpochMilli(), TEN.toMillis()))
              .isEqualTo(PHASE.toMillis());
          assertThat(run.wall()).isEqualTo(run.slot());
        });
  }

  @Test
  void aClockThatIsSlewedIsFollowedWithoutPlanningAnew() {
    begin(loop("one", () -> after(Duration.ofMillis(100))));
    for (int second = 0; second < 3_600; second++) {
      time.advance(Duration.ofSeconds(1));
      time.step(Duration.ofNanos(-500_000));
    }

    assertThat(begun).hasSizeBetween(359, 360);
    assertThat(begun)
        .allSatisfy(run ->
            assertThat(Duration.between(run.slot(), run.wall()).abs())
                .isLessThan(Duration.ofMillis(10)));
  }

  @Test
  void aNewDefinitionTakesEffectAtTheNextSlotAndNoSlotIsLostOrDoubled() {
    List<ProbeLoop> current = List.of(loop("0", () -> after(Duration.ofSeconds(3))));
    schedule.replace(List.of(), current);
    for (int revision = 1; revision <= 2_000; revision++) {
      time.advance(Duration.ofMillis(random.nextInt(20_000)));
      List<ProbeLoop> next =
          List.of(loop(String.valueOf(revision), () -> after(Duration.ofSeconds(3))));
      schedule.replace(current, next);
      current = next;
    }

    assertThat(new HashSet<>(begun.stream().map(Begun::slot).toList())).hasSize(begun.size());
    for (int i = 0; i < begun.size(); i++) {
      assertThat(begun.get(i).slot()).isEqualTo(NOON.plus(PHASE).plus(TEN.multipliedBy(i)));
    }
  }

  @Test
  void whatIsRemovedBeginsNoSlotAndItsLastRunIsWaitedFor() {
    begin(loop("one", () -> after(Duration.ofSeconds(3))));
    time.advance(Duration.ofSeconds(5));
    CompletableFuture<Void> end = schedule.end();
    time.advance(Duration.ofSeconds(1));
    assertThat(end).isNotDone();

    time.advance(Duration.ofMinutes(1));

    assertThat(end).isDone();
    assertThat(begun).hasSize(1);
  }

  @Test
  void slotsThatPassedWhileTheInstanceWasHeldUpAreNotMadeUpFor() {
    begin(loop("one", () -> after(Duration.ofMillis(100))));
    time.advance(Duration.ofSeconds(10));
    time.stall(Duration.ofSeconds(35));
    time.advance(Duration.ofSeconds(20));

    assertThat(begun).extracting(run -> seconds(run.slot())).containsExactly(4L, 54L, 64L);
    assertThat(missed).hasSize(1);
  }

  private void begin(ProbeLoop loop) {
    schedule.replace(List.of(), List.of(loop));
  }

  private CompletableFuture<Lesson> after(Duration duration) {
    CompletableFuture<Lesson> run = new CompletableFuture<>();
    var _ =
        time.schedule(
            () -> {
              run.complete(Lesson.SUCCESS);
            },
            duration.toNanos(),
            TimeUnit.NANOSECONDS);
    return run;
  }

  private ProbeLoop loop(String name, java.util.function.Supplier<CompletableFuture<Lesson>> run) {
    return schedule.loop(
        new Rhythm(TEN, TEN, 3, PHASE, 0),
        new ProbeLoop.Runs() {
          @Override
          public CompletableFuture<Lesson> start(Planned planned) {
            begun.add(
                new Begun(name, planned.slot().start(), time.clock().instant(), time.nanoTime()));
            return run.get();
          }

          @Override
          public void overran(Planned planned) {
            overran.add(planned.slot().start());
          }

          @Override
          public void late(Duration lateness) {
            assertThat(lateness).isGreaterThanOrEqualTo(Duration.ZERO);
          }

          @Override
          public void missed(long slots) {
            missed.add(time.clock().instant());
          }
        });
  }

  private static long seconds(Instant slot) {
    return Duration.between(NOON, slot).toSeconds();
  }
}
