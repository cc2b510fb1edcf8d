package io.echopilot.prober.slo;

import io.echopilot.events.ServiceId;
import io.echopilot.events.SiteId;
import io.echopilot.events.Slo;
import io.echopilot.events.SloEvent;
import io.echopilot.events.SloEvent.Day;
import io.echopilot.events.SloEvent.Level;
import io.echopilot.events.SloEvent.SloBreached;
import io.echopilot.events.SloEvent.SloRecovered;
import io.echopilot.events.SloEvent.SloStatus;
import io.echopilot.events.SloEvent.State;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** What the counts of a series mean now. */
final class Judge {
  /** Without a result for so long, or for three intervals if that is longer, nothing is known. */
  private static final Duration SILENCE = Duration.ofMinutes(5);

  private static final int SILENT_INTERVALS = 3;
  private static final Duration LAST_HOUR = Duration.ofHours(1);
  private static final Duration TREND = Duration.ofHours(6);

  /** Of a short window: seeing less of it is no reason to call a breach over. */
  private static final double ENOUGH = 0.5;

  private static final double MILLIS = 1e3;

  private final ServiceId service;
  private final @Nullable SiteId site;
  private final Series series;
  private final Counts excluded;
  private final long now;
  private final Slo slo;

  Judge(ServiceId service, @Nullable SiteId site, Series series, Counts excluded, long now) {
    this.service = service;
    this.site = site;
    this.series = series;
    this.excluded = excluded;
    this.now = now;
    this.slo = series.promise().slo();
  }

  /** Opens and closes breaches, at most one of each level. */
  List<SloEvent> changes() {
    List<SloEvent> changes = new ArrayList<>();
    for (Level level : Level.values()) {
      Optional<BurnRule> firing = firing(level);
      if (firing.isPresent()) {
        if (series.open().add(level)) {
          changes.add(breach(firing.get()));
        }
      } else if (series.open().contains(level) && seesEnough()) {
        series.open().remove(level);
        changes.add(new SloRecovered(service, site, slo.id(), level, at()));
      }
    }
    return changes;
  }

  private Optional<BurnRule> firing(Level level) {
    return series.rules().stream()
        .filter(rule -> rule.level() == level)
        .filter(rule -> series.counts().sum(rule.longWindow(), now).failures() >= slo.leastBad())
        .filter(rule -> burn(rule.longWindow()) >= rule.factor())
        .filter(rule -> burn(rule.shortWindow()) >= rule.factor())
        .findFirst();
  }

  private SloEvent breach(BurnRule rule) {
    return new SloBreached(
        service,
        site,
        slo.id(),
        rule.level(),
        burn(rule.longWindow()),
        rule.longWindow(),
        rule.shortWindow(),
        rule.factor(),
        budgetLeft(),
        at());
  }

  /** What stands at this moment; the day is the given one, as far as it was seen. */
  SloStatus status(LocalDate date) {
    Sum day = series.counts().day(date.atStartOfDay(ZoneOffset.UTC).toInstant().toEpochMilli());
    double unit = series.promise().countsThings() ? 1 : MILLIS;
    double left = budgetLeft();
    return new SloStatus(
        service,
        site,
        slo.id(),
        state(left),
        slo.objective(),
        slo.window(),
        left,
        burn(LAST_HOUR),
        exhaustedAt(left),
        new Day(date, day.bad() * unit, day.seen() * unit),
        at());
  }

  private State state(double left) {
    if (!isFresh()) {
      return State.NO_DATA;
    }
    if (left <= 0) {
      return State.EXHAUSTED;
    }
    return series.open().isEmpty() ? State.OK : State.BURNING;
  }

  /** Share of bad, relative to what the objective allows. */
  private double burn(Duration window) {
    Sum sum = series.counts().sum(window, now);
    double of = series.promise().countsThings() ? sum.seen() : expected(window);
    return of <= 0 ? 0 : sum.bad() / of / slo.tolerance();
  }

  /** Seconds of a window in which no work was announced, seen or not: what is missing isn't bad. */
  private double expected(Duration window) {
    return Counts.seconds(window, now) - excluded.sum(window, now).seen();
  }

  private double budgetLeft() {
    Sum sum = series.counts().sum(slo.window(), now);
    double of = series.promise().countsThings() ? sum.seen() : budgeted();
    return of <= 0 ? 1 : 1 - sum.bad() / of / slo.tolerance();
  }

  /** Seconds that the objective promises for: the whole window, also the rest of today. */
  private double budgeted() {
    return slo.window().toMillis() / MILLIS - excluded.sum(slo.window(), now).seen();
  }

  /** Null when that is further off than the window, when all that was bad by now is forgotten. */
  private @Nullable Instant exhaustedAt(double left) {
    double burning = burn(TREND);
    if (left <= 0 || burning <= left) {
      return null;
    }
    return at().plusMillis((long) (slo.window().toMillis() * left / burning));
  }

  private boolean isFresh() {
    long silence =
        Math.max(SILENCE.toMillis(), SILENT_INTERVALS * series.promise().interval().toMillis());
    return series.isSeenAfter(now - silence);
  }

  private boolean seesEnough() {
    Duration shortest = series.rules().getFirst().shortWindow();
    return isFresh()
        && (series.promise().countsThings()
            || series.counts().sum(shortest, now).seen() >= expected(shortest) * ENOUGH);
  }

  private Instant at() {
    return Instant.ofEpochMilli(now);
  }
}
