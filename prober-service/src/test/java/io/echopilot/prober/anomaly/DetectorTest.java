package io.echopilot.prober.anomaly;

import static io.echopilot.prober.anomaly.Past.PER_DAY;
import static org.assertj.core.api.Assertions.assertThat;

import io.echopilot.events.AnomalyKind;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class DetectorTest {
  private static final int WEEK = 7 * PER_DAY;

  private final Past past = new Past();

  private double noisy(int at) {
    return 100 + 10 * past.noise();
  }

  private double daily(int at) {
    return 100 + 40 * Math.sin(2 * Math.PI * at / PER_DAY) + 5 * past.noise();
  }

  @Test
  void aSpikeIsFarAboveWhatWasExpected() {
    past.sees(2_000, this::noisy).fromHere().sees(2, _ -> 400);

    assertThat(past.alarms).hasSize(1);
    var alarm = past.alarms.getFirst();
    assertThat(alarm.kind()).isEqualTo(AnomalyKind.SPIKE);
    assertThat(alarm.value()).isEqualTo(400);
    assertThat(alarm.low()).isBetween(40.0, 90.0);
    assertThat(alarm.high()).isBetween(110.0, 160.0);
    assertThat(alarm.score()).isGreaterThanOrEqualTo(Detector.THRESHOLD);
  }

  @Test
  void aDipIsFarBelow() {
    past.sees(2_000, this::noisy).fromHere().sees(2, _ -> 5);

    assertThat(past.alarms).hasSize(1).allMatch(alarm -> alarm.kind() == AnomalyKind.DIP);
  }

  @Test
  void aSmallLastingDifferenceIsAShiftAndBecomesUsual() {
    past.sees(2_000, this::noisy).fromHere().sees(200, at -> noisy(at) + 15);
    assertThat(past.alarms).hasSize(1).allMatch(alarm -> alarm.kind() == AnomalyKind.SHIFT);

    past.sees(2_000, at -> noisy(at) + 15);
    assertThat(past.clearings).isNotEmpty();
    assertThat(past.detector.isOpen()).isFalse();
  }

  @Test
  void aLevelThatDoublesIsToldOfOnceAndThenUsual() {
    past.sees(2_000, this::noisy).fromHere().sees(2_000, at -> noisy(at) + 100);

    assertThat(past.alarms).hasSizeBetween(1, 3);
    assertThat(past.detector.isOpen()).isFalse();
    assertThat(past.fromHere().sees(1_000, at -> noisy(at) + 100).alarms).isEmpty();
  }

  @Test
  void aValueThatIsUsualAtNoonIsNotAtMidnight() {
    past.sees(WEEK, this::daily).fromHere().sees(PER_DAY, this::daily);
    assertThat(past.alarms).isEmpty();

    past.sees(3 * PER_DAY / 4, this::daily).sees(6, _ -> 140);
    assertThat(past.alarms).hasSize(1);
    assertThat(past.alarms.getFirst().high()).isLessThan(100);
  }

  @Test
  void aDayThatDoesNotRiseIsFoundInADailySeries() {
    past.sees(2 * WEEK, this::daily).fromHere().sees(PER_DAY / 2, _ -> 100 + 5 * past.noise());

    assertThat(past.alarms).isNotEmpty();
  }

  @Test
  void aWeekendIsLearntAndAWeekendOnAWednesdayIsFound() {
    past.sees(4 * WEEK, this::working).fromHere().sees(WEEK, this::working);
    assertThat(past.alarms).isEmpty();

    past.sees(2 * PER_DAY, this::working).sees(PER_DAY, _ -> 20 + 2 * past.noise());
    assertThat(past.alarms).isNotEmpty();
  }

  private double working(int at) {
    boolean weekend = at / PER_DAY % 7 >= 5;
    return (weekend ? 20 : 100 + 40 * Math.sin(2 * Math.PI * at / PER_DAY)) + 2 * past.noise();
  }

  @Test
  void aConstantSeriesIsSilentUntilItMoves() {
    past.sees(5_000, _ -> 42);
    assertThat(past.alarms).isEmpty();

    past.sees(3, _ -> 50);
    assertThat(past.alarms).hasSize(1);
    assertThat(past.sees(200, _ -> 42).clearings).hasSize(1);
  }

  @Test
  void aSeriesAtZeroThatGoesToOneForGoodComesToRest() {
    past.sees(3_000, _ -> 0).sees(3_000, _ -> 1);

    assertThat(past.alarms).isNotEmpty();
    assertThat(past.detector.isOpen()).isFalse();
  }

  @Test
  void aSeriesThatStopsMovingHasFallenSilent() {
    past.sees(2_000, this::daily).fromHere().sees(PER_DAY / 2, _ -> 100);

    assertThat(past.alarms).anyMatch(alarm -> alarm.kind() == AnomalyKind.SILENCE);
  }

  @Test
  void valuesThatStayOutAreASilenceUntilTheyAreBack() {
    past.sees(2_000, this::noisy).fromHere().getsNoValue(15);
    assertThat(past.alarms).isEmpty();

    past.getsNoValue(100);
    assertThat(past.alarms).hasSize(1).allMatch(alarm -> alarm.kind() == AnomalyKind.SILENCE);

    past.sees(50, this::noisy);
    assertThat(past.clearings).hasSize(1);
  }

  @Test
  void aSeriesThatOftenHasNoValueMayGoWithoutForAsLongAgain() {
    for (int i = 0; i < 30; i++) {
      past.sees(50, this::noisy).getsNoValue(12);
    }
    past.sees(50, this::noisy).getsNoValue(20);

    assertThat(past.alarms).isEmpty();
  }

  @Test
  void aGapTellsNothing() {
    past.sees(WEEK, this::daily).fromHere().missesSlots(3 * PER_DAY / 2).sees(WEEK, this::daily);

    assertThat(past.alarms).isEmpty();
  }

  @Test
  void slotsMissingHereAndThereTellNothing() {
    past.sees(WEEK, this::daily).fromHere();
    for (int i = 0; i < WEEK; i++) {
      past.sees(1, this::daily).missesSlots(past.random.nextInt(10) == 0 ? 3 : 0);
    }

    assertThat(past.alarms).isEmpty();
  }

  /** Two weeks of it; the mean over twenty series. */
  @ParameterizedTest
  @ValueSource(strings = {"normal", "uniform", "daily"})
  void plainNoiseRaisesFewAlarms(String kind) {
    int alarms = 0;
    for (int seed = 0; seed < 20; seed++) {
      Past each = new Past();
      each.random.setSeed(seed);
      Random random = each.random;
      each.sees(
          2 * WEEK,
          at ->
              switch (kind) {
                case "normal" -> 100 + 10 * random.nextGaussian();
                case "uniform" -> random.nextDouble();
                default -> 10 * Math.sin(2 * Math.PI * at / PER_DAY) + random.nextGaussian();
              });
      alarms += each.alarms.size();
    }
    assertThat(alarms).isLessThanOrEqualTo(20);
  }

  @Test
  void heavyTailsRaiseAFewMore() {
    past.sees(10 * WEEK, _ -> Math.exp(past.noise()));

    assertThat(past.alarms).hasSizeLessThan(50);
  }

  @Test
  void whatIsOldOrNotANumberTeachesNothing() {
    past.sees(500, this::noisy);
    byte[] before = past.detector.toBytes();

    past.detector.observe(0, 1_000);
    past.detector.absent(0);
    past.detector.observe(Long.MAX_VALUE, Double.NaN);

    assertThat(past.detector.toBytes()).isEqualTo(before);
  }

  @Test
  void anotherVersionsStateIsNotRead() {
    byte[] bytes = new Detector().toBytes();
    assertThat(Detector.of(bytes)).isPresent();
    bytes[0]++;

    assertThat(Detector.of(bytes)).isEmpty();
  }
}
