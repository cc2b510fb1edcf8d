package io.echopilot.prober.slo;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.echopilot.events.Outcome;
import io.echopilot.events.ProbeEvent.ProbeCompleted;
import io.echopilot.events.ServiceDefinition;
import io.echopilot.events.Slo;
import io.echopilot.events.SloEvent.Level;
import io.echopilot.events.SloEvent.SloStatus;
import io.echopilot.events.SloEvent.State;
import io.echopilot.events.SloId;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import java.util.stream.IntStream;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;

@Execution(ExecutionMode.CONCURRENT)
class LedgerTest {
  private static final Duration MONTH = Duration.ofDays(30);
  private static final Slo SLO = Shop.availability(99);

  /**
   * Two locations, results that are missing, late or repeated, a restart now and then: the same as
   * counting afresh over everything that was ever seen.
   */
  @Property(tries = 150)
  void itAgreesWithAnExactRecomputation(
      @ForAll long seed, @ForAll @IntRange(max = 2) int pace, @ForAll @IntRange(max = 30) int bad) {
    Duration interval =
        List.of(Duration.ofSeconds(10), Duration.ofMinutes(1), Duration.ofMinutes(20)).get(pace);
    Random random = new Random(seed);
    Instant start = Story.START.plusMillis(random.nextInt(86_400_000));
    List<ProbeCompleted> sent = new ArrayList<>();
    for (int i = 0; i < 2_500; i++) {
      for (String location : List.of("here", "there")) {
        if (random.nextInt(50) > 0) {
          sent.add(
              Shop.result(
                  location,
                  start.plus(interval.multipliedBy(i)),
                  interval,
                  random.nextInt(100) < bad ? Outcome.FAILURE : Outcome.SUCCESS));
        }
      }
    }
    Instant end = start.plus(interval.multipliedBy(2_500));
    ServiceDefinition definition = Shop.promising(interval, List.of("here", "there"), SLO);
    Map<String, byte[]> kept = new TreeMap<>();
    Ledger ledger = ledger(definition, kept);
    for (int i : disordered(sent.size(), random)) {
      ProbeCompleted result = sent.get(i);
      long now = result.run().slot().start().plusSeconds(30).toEpochMilli();
      assertThat(ledger.count(result, now)).isTrue();
      if (random.nextInt(10) == 0) {
        assertThat(ledger.count(result, now)).isFalse();
        ledger.changes(now);
      }
      if (random.nextInt(300) == 0) {
        ledger.save(kept::put);
        ledger = ledger(definition, kept);
      }
    }

    ledger.changes(end.toEpochMilli());
    SloStatus status = status(ledger, end);
    Duration hour = Duration.ofHours(1);
    long hourFrom = floor(end.minus(hour), Duration.ofSeconds(30));
    double covered = (end.toEpochMilli() - hourFrom) / 1e3;
    assertThat(status.burnRate())
        .isCloseTo(badSeconds(sent, hourFrom) / covered / 0.01, within(1e-4));
    long monthFrom = floor(end, Duration.ofDays(1)) - MONTH.minusDays(1).toMillis();
    assertThat(status.budgetLeft())
        .isCloseTo(1 - badSeconds(sent, monthFrom) / (MONTH.toSeconds() * 0.01), within(1e-3));
    long today = floor(end, Duration.ofDays(1));
    assertThat(status.day().bad())
        .isCloseTo(badSeconds(sent, today) * 1e3, within(1e-4 * Duration.ofDays(1).toMillis()));
  }

  /** Each index once or twice, none more than five places from where it belongs. */
  private static List<Integer> disordered(int size, Random random) {
    Map<Integer, Double> places = new TreeMap<>();
    IntStream.range(0, size).forEach(i -> places.put(i, i + random.nextDouble() * 5));
    return IntStream.range(0, size).boxed().sorted(Comparator.comparing(places::get)).toList();
  }

  private static double badSeconds(List<ProbeCompleted> results, long from) {
    return results.stream()
        .filter(result -> result.run().outcome() == Outcome.FAILURE)
        .filter(result -> result.run().slot().start().toEpochMilli() >= from)
        .mapToDouble(result -> result.run().interval().toMillis() / 1e3 / 2)
        .sum();
  }

  private static long floor(Instant time, Duration unit) {
    return time.toEpochMilli() / unit.toMillis() * unit.toMillis();
  }

  private static Ledger ledger(ServiceDefinition definition, Map<String, byte[]> kept) {
    Ledger ledger =
        new Budgets(definition, Calendar.EMPTY)
            .ledger(Shop.result("here", Story.START, Duration.ofSeconds(1), Outcome.SUCCESS))
            .orElseThrow();
    ledger.load(kept::get);
    return ledger;
  }

  private static SloStatus status(Ledger ledger, Instant now) {
    return ledger.statuses(now.toEpochMilli(), LocalDate.ofInstant(now, ZoneOffset.UTC)).getFirst();
  }

  @Test
  void oneFailedProbeNeverPages() {
    Story story = new Story(Shop.availability(99.999)).good(Duration.ofHours(2));
    story.bad(Story.INTERVAL.multipliedBy(2)).good(Duration.ofHours(2));
    assertThat(story.told()).isEmpty();

    story.bad(Story.INTERVAL.multipliedBy(3));
    assertThat(story.breached(Level.PAGE)).isPresent();
  }

  @Test
  void silenceIsNoFailureAndEndsNoBreach() {
    Story story = new Story(Shop.availability(99.9)).good(Duration.ofHours(2));
    story.silent(Duration.ofHours(8));
    assertThat(story.told()).isEmpty();
    assertThat(story.status("availability").state()).isEqualTo(State.NO_DATA);
    assertThat(story.status("availability").budgetLeft()).isEqualTo(1);

    story.good(Duration.ofHours(1)).bad(Duration.ofMinutes(5)).silent(Duration.ofHours(8));
    assertThat(story.breached(Level.PAGE)).isPresent();
    assertThat(story.recovered(Level.PAGE)).isEmpty();

    story.good(Duration.ofMinutes(10));
    assertThat(story.recovered(Level.PAGE)).isPresent();
  }

  @Test
  void announcedWorkCountsForNothing() {
    Instant from = Story.START.plus(Duration.ofHours(2));
    Instant to = from.plus(Duration.ofMinutes(30));
    Story story =
        new Story(t -> t >= from.toEpochMilli() && t < to.toEpochMilli(), Shop.availability(99.9));
    story.good(Duration.ofHours(2)).bad(Duration.ofMinutes(30));
    assertThat(story.told()).isEmpty();
    assertThat(story.status("availability").budgetLeft()).isEqualTo(1);
    assertThat(story.status("availability").state()).isEqualTo(State.OK);

    // Half of the last hour is left: a minute of failure is one in thirty of it.
    story.bad(Duration.ofMinutes(1));
    assertThat(story.status("availability").burnRate()).isCloseTo(1 / 30.0 / 0.001, within(0.1));
  }

  @Test
  void slowSuccessesAreBadWhereSpeedWasPromised() {
    Slo fast =
        new Slo(new SloId("fast"), 95, MONTH, null, Duration.ofMillis(800), null, null, 3, null);
    Story story = new Story(fast);
    Instant slot = Story.START;
    for (int i = 0; i < 10; i++) {
      slot = slot.plus(Story.INTERVAL);
      story
          .primary()
          .count(
              Shop.slow(slot, Story.INTERVAL, i % 2 == 0 ? 799 : 800),
              slot.plusSeconds(10).toEpochMilli());
    }
    SloStatus status = status(story.primary(), slot.plusSeconds(10));
    assertThat(status.day().bad()).isEqualTo(50_000);
    assertThat(status.day().total()).isEqualTo(100_000);
  }

  @Test
  void twoNumbersAreAddedUp() {
    Slo webhooks = new Slo(new SloId("webhooks"), 99, MONTH, null, null, "ok", "all", 3, null);
    Story story = new Story(webhooks);
    Instant slot = Story.START;
    for (int i = 0; i < 100; i++) {
      slot = slot.plus(Story.INTERVAL);
      Map<String, Double> numbers = Map.of("ok", 198.0, "all", 200.0);
      story
          .primary()
          .count(Shop.numbers(slot, Story.INTERVAL, numbers), slot.plusSeconds(1).toEpochMilli());
    }
    SloStatus status = status(story.primary(), slot.plusSeconds(10));
    assertThat(status.day().bad()).isEqualTo(200);
    assertThat(status.day().total()).isEqualTo(20_000);
    assertThat(status.budgetLeft()).isCloseTo(0, within(1e-6));
  }

  @Test
  void theRunbooksRuleOpensATicketAtTwoPercentOfTheBudgetInADay() {
    Slo strict = new Slo(new SloId("availability"), 99.9, MONTH, null, null, null, null, 3, 2.0);
    Story with = new Story(strict).good(Duration.ofDays(1)).bad(Duration.ofSeconds(60));
    Story without =
        new Story(Shop.availability(99.9)).good(Duration.ofDays(1)).bad(Duration.ofSeconds(60));
    assertThat(with.breached(Level.TICKET)).isPresent();
    assertThat(without.breached(Level.TICKET)).isEmpty();
  }

  @Test
  void exhaustionIsProjectedFromTheLastSixHours() {
    Story story = new Story(Shop.availability(99)).good(Duration.ofDays(2));
    assertThat(story.status("availability").exhaustedAt()).isNull();

    story.oneIn(10, Duration.ofHours(8));
    SloStatus status = story.status("availability");
    // Ten times the even rate: what is left of thirty days lasts a tenth of that.
    assertThat(Duration.between(story.now(), status.exhaustedAt()))
        .isCloseTo(
            Duration.ofSeconds((long) (status.budgetLeft() * MONTH.toSeconds() / 10)),
            Duration.ofHours(1));
    story.oneIn(2, Duration.ofDays(1));
    assertThat(story.status("availability").state()).isEqualTo(State.EXHAUSTED);
  }

  @Test
  void whatOnlyTimeChangesIsNotKeptAnew() {
    Map<String, byte[]> kept = new TreeMap<>();
    Ledger ledger = ledger(Shop.promising(Story.INTERVAL, List.of("here"), SLO), kept);
    long now = Story.START.plusSeconds(1).toEpochMilli();
    ledger.count(Shop.result("here", Story.START, Story.INTERVAL, Outcome.SUCCESS), now);
    ledger.save(kept::put);
    assertThat(kept).isNotEmpty();
    kept.clear();

    ledger.changes(now + 5_000);
    ledger.save(kept::put);

    assertThat(kept).isEmpty();
  }

  @Test
  void aClockThatIsFarAheadWipesNothingOut() {
    Story story = new Story(SLO).good(Duration.ofHours(1)).bad(Duration.ofMinutes(1));
    double before = story.status("availability").burnRate();
    Instant far = story.now().plus(Duration.ofDays(400));
    assertThat(
            story
                .primary()
                .count(
                    Shop.result("here", far, Story.INTERVAL, Outcome.SUCCESS),
                    story.now().toEpochMilli()))
        .isFalse();
    assertThat(story.status("availability").burnRate()).isEqualTo(before);
  }

  @Test
  void aDayOfCountsTakesFewBytes() {
    Story story = new Story(SLO).good(Duration.ofDays(91));
    long bytes = story.saved().values().stream().mapToLong(v -> v.length).sum();
    // Ten bytes for each of 672 cells, and eight for each of 56 pages, twice: announced work too.
    assertThat(bytes).isLessThan(2 * 8_000);
  }
}
