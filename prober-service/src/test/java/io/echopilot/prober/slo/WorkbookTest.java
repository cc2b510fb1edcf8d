package io.echopilot.prober.slo;

import static org.assertj.core.api.Assertions.assertThat;

import io.echopilot.events.SloEvent.Level;
import io.echopilot.events.SloEvent.SloBreached;
import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * Detection and reset times of the SRE Workbook's chapter 5 in virtual time: a burn rate of {@code
 * factor} over a window {@code long} is reached {@code factor × (1 − objective) × long ÷ error
 * rate} after errors began, and ends with the short window.
 */
@Execution(ExecutionMode.CONCURRENT)
class WorkbookTest {
  private static final double TOLERANCE = 0.001;

  /** One slot, one cell of the finest grain. */
  private static final Duration STEP = Story.INTERVAL.plusSeconds(30);

  @ParameterizedTest
  @CsvSource({
    // one in so many slots fails, level, factor, long window
    "1, PAGE, 14.4, PT1H",
    "2, PAGE, 14.4, PT1H",
    "10, PAGE, 14.4, PT1H",
    "50, PAGE, 14.4, PT1H",
    "100, PAGE, 6, PT6H",
    "150, PAGE, 6, PT6H",
    "250, TICKET, 3, P1D",
    "330, TICKET, 3, P1D",
    "500, TICKET, 1, P3D",
    "900, TICKET, 1, P3D",
  })
  void detectionTakesAsLongAsTheTableSays(
      int oneIn, Level level, double factor, Duration longWindow) {
    Story story = new Story(Shop.availability(99.9)).good(Duration.ofDays(4));
    Instant began = story.now();

    story.oneIn(oneIn, longWindow.plus(STEP).multipliedBy(5).dividedBy(4));

    double seconds = factor * TOLERANCE * longWindow.toSeconds() * oneIn;
    Instant detected = story.breached(level).orElseThrow();
    // Errors come one at a time, and a window may be one of its cells longer.
    long slack = STEP.toSeconds() + (oneIn + 1) * Story.INTERVAL.toSeconds();
    assertThat(Duration.between(began, detected).toSeconds())
        .isBetween((long) seconds - slack, (long) (seconds * 1.05) + slack);
  }

  @ParameterizedTest
  @CsvSource({
    "1100, TICKET",
    "200, PAGE",
  })
  void whatTheBudgetSurvivesIsNotTold(int oneIn, Level level) {
    Story story = new Story(Shop.availability(99.9)).good(Duration.ofDays(4));
    story.oneIn(oneIn, Duration.ofDays(4));
    assertThat(story.breached(level)).isEmpty();
  }

  @ParameterizedTest
  @CsvSource({
    // length of an outage, level, short window that ends it
    "PT100S, PAGE, PT5M",
    "PT10M, PAGE, PT30M",
    "PT10M, TICKET, PT6H",
    "PT280S, TICKET, PT6H",
  })
  void theShortWindowEndsIt(Duration outage, Level level, Duration shortWindow) {
    Story story = new Story(Shop.availability(99.9)).good(Duration.ofDays(4)).bad(outage);
    Instant ended = story.now();

    story.good(shortWindow.multipliedBy(3).dividedBy(2));

    assertThat(story.breached(level)).isPresent();
    Duration reset = Duration.between(ended, story.recovered(level).orElseThrow());
    assertThat(reset)
        .isBetween(
            shortWindow.minus(outage).minus(STEP),
            shortWindow.multipliedBy(21).dividedBy(20).plus(STEP));
  }

  @Test
  void aBreachSaysWhichRuleSawIt() {
    Story story = new Story(Shop.availability(99.9)).good(Duration.ofDays(1));
    story.bad(Duration.ofMinutes(2));

    SloBreached breach = (SloBreached) story.told().getFirst();
    assertThat(breach.level()).isEqualTo(Level.PAGE);
    assertThat(breach.longWindow()).isEqualTo(Duration.ofHours(1));
    assertThat(breach.shortWindow()).isEqualTo(Duration.ofMinutes(5));
    assertThat(breach.threshold()).isEqualTo(14.4);
    assertThat(breach.burnRate()).isGreaterThanOrEqualTo(14.4);
    assertThat(breach.budgetLeft()).isBetween(0.97, 0.98);
  }
}
