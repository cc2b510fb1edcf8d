package io.echopilot.prober.schedule;

import static org.assertj.core.api.Assertions.assertThat;

import io.echopilot.events.Slot;
import io.echopilot.prober.schedule.Rhythm.Planned;
import java.time.Duration;
import java.time.Instant;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class RhythmTest {
  private static final Instant NOON = Instant.parse("2026-11-24T12:00:00Z");
  private static final Duration SECOND = Duration.ofSeconds(1);

  private final Rhythm rhythm =
      new Rhythm(Duration.ofSeconds(10), SECOND, 3, Duration.ofSeconds(4), 0);

  @Test
  void regularSlotsLieOnAGridOfTheWallClock() {
    assertThat(rhythm.first(NOON)).isEqualTo(at(4));
    assertThat(rhythm.first(NOON.plusSeconds(4))).isEqualTo(at(14));
    assertThat(rhythm.next(at(14), NOON.plusSeconds(15)))
        .isEqualTo(new Planned(at(24), Duration.ofSeconds(10)));
  }

  @Test
  void aDayOfSlotsDoesNotDriftWhateverTheDelays() {
    Slot slot = rhythm.first(NOON);
    for (int i = 1; i <= 8_640; i++) {
      Instant lateByUpToNineSeconds = slot.start().plusMillis((i * 7_919L) % 9_000);
      slot = rhythm.next(slot, lateByUpToNineSeconds).slot();
      assertThat(slot).isEqualTo(at(4 + 10L * i));
    }
  }

  @Test
  void aFailureIsConfirmedAtTheConfirmInterval() {
    Rhythm failing = rhythm.after(false);

    assertThat(failing.next(at(4), at(4).start().plusMillis(5)))
        .isEqualTo(new Planned(at(5), SECOND));
    assertThat(failing.after(false).next(at(5), at(5).start().plusMillis(5)))
        .isEqualTo(new Planned(at(6), SECOND));
  }

  @Test
  void aTargetThatIsDownIsNotConfirmedAnyMore() {
    Rhythm down = rhythm.after(false).after(false).after(false);

    assertThat(down.next(at(6), at(6).start().plusMillis(5)))
        .isEqualTo(new Planned(at(14), Duration.ofSeconds(10)));
  }

  @Test
  void aSuccessEndsTheConfirmation() {
    assertThat(rhythm.after(false).after(true).next(at(5), at(5).start().plusMillis(5)).slot())
        .isEqualTo(at(14));
  }

  @Test
  void confirmSlotsThatPassedDuringALongRunAreLeftOut() {
    Instant timedOut = at(4).start().plusMillis(3_200);

    assertThat(rhythm.after(false).next(at(4), timedOut).slot()).isEqualTo(at(8));
  }

  @Test
  void aClockThatWasSteppedNeitherStopsNorBurstsTheSchedule() {
    for (int minutes : new int[] {-20, 20}) {
      Instant stepped = NOON.plus(Duration.ofMinutes(minutes));

      assertThat(rhythm.next(at(4), stepped).slot().start())
          .isAfter(stepped)
          .isBeforeOrEqualTo(stepped.plusSeconds(10));
      assertThat(rhythm.after(false).next(at(4), stepped).slot().start())
          .isAfter(stepped)
          .isBeforeOrEqualTo(stepped.plusSeconds(10));
    }
  }

  @Test
  void phasesSpreadTheLoadEvenly() {
    int[] perTenth = new int[10];
    IntStream.range(0, 10_000)
        .mapToObj(i -> Rhythm.of(SECOND, SECOND, 3, "eu-1/service-" + i + "/primary/health"))
        .forEach(each -> perTenth[(int) (each.phase().toMillis() / 100)]++);

    assertThat(IntStream.of(perTenth).boxed())
        .allSatisfy(count -> assertThat(count).isBetween(800, 1_200));
  }

  private static Slot at(long seconds) {
    return new Slot(NOON.plusSeconds(seconds));
  }
}
