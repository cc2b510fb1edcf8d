package io.echopilot.events;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import org.jspecify.annotations.Nullable;

/** Error budgets and how fast they burn; on {@code echopilot.slo-breaches}. */
public sealed interface SloEvent extends Event {
  ServiceId service();

  /** Null for the service as its users find it at the entrypoint, wherever it is served from. */
  @Nullable SiteId site();

  SloId slo();

  @Override
  default String subject() {
    return service().value();
  }

  /**
   * A burn rate was over its threshold in both of its windows.
   *
   * @param burnRate budget use relative to an even spend over the SLO's window, at least 0
   * @param longWindow the longer of the two windows, for example one hour
   * @param shortWindow the one that ends the breach; null from senders before it was told
   * @param threshold the burn rate from which on it is a breach; null like {@code shortWindow}
   * @param budgetLeft share of the budget that is left, 1 at most, below 0 when overspent; null
   *     like {@code shortWindow}
   */
  @EventType(
      value = "io.echopilot.slo.breached.v1",
      summary =
          "A site or service burns its error budget too fast, over a long and a short window.")
  record SloBreached(
      ServiceId service,
      @Nullable SiteId site,
      SloId slo,
      Level level,
      double burnRate,
      Duration longWindow,
      @Nullable Duration shortWindow,
      @Nullable Double threshold,
      @Nullable Double budgetLeft,
      Instant at)
      implements SloEvent {
    public SloBreached {
      Checks.present("service", service);
      Checks.present("slo", slo);
      Checks.present("level", level);
      Checks.positive("longWindow", longWindow);
      Checks.present("at", at);
    }
  }

  /** The burn rate is in order again. */
  @EventType(
      value = "io.echopilot.slo.recovered.v1",
      summary = "A site's or service's burn rate is in order again.")
  record SloRecovered(ServiceId service, @Nullable SiteId site, SloId slo, Level level, Instant at)
      implements SloEvent {
    public SloRecovered {
      Checks.present("service", service);
      Checks.present("slo", slo);
      Checks.present("level", level);
      Checks.present("at", at);
    }
  }

  /**
   * How an error budget fares; told once a minute and whenever the state changes.
   *
   * @param objective percent that must be good
   * @param window over which
   * @param budgetLeft share of the budget that is left, 1 at most, below 0 when overspent
   * @param burnRate of the last hour; 1 spends exactly the budget over the window
   * @param exhaustedAt when the budget is used up if the last six hours go on; null when never, or
   *     when it is used up
   * @param day what this day brought so far; the last of each day is its record
   */
  @EventType(
      value = "io.echopilot.slo.status.v1",
      summary = "How an error budget fares, once a minute and whenever its state changes.")
  record SloStatus(
      ServiceId service,
      @Nullable SiteId site,
      SloId slo,
      State state,
      double objective,
      Duration window,
      double budgetLeft,
      double burnRate,
      @Nullable Instant exhaustedAt,
      Day day,
      Instant at)
      implements SloEvent {
    public SloStatus {
      Checks.present("service", service);
      Checks.present("slo", slo);
      Checks.present("state", state);
      Checks.positive("window", window);
      Checks.present("day", day);
      Checks.present("at", at);
    }
  }

  /**
   * One day in UTC, as far as it has been seen.
   *
   * @param bad milliseconds of slots that were bad; for an SLO of two numbers, how many were bad
   * @param total milliseconds of slots that were seen; for an SLO of two numbers, how many there
   *     were
   */
  record Day(LocalDate date, double bad, double total) {
    public Day {
      Checks.present("day.date", date);
    }
  }

  /** How urgent a breach is. */
  enum Level {
    PAGE,
    TICKET;

    @JsonValue
    public String value() {
      return EnumNames.lower(this);
    }

    @JsonCreator
    public static Level of(String value) {
      return EnumNames.parse(Level.class, "level", value);
    }
  }

  /** Where a budget stands. */
  enum State {
    /** Nothing burns too fast and something is left. */
    OK,
    /** Some burn rate is over its threshold. */
    BURNING,
    /** Nothing is left. */
    EXHAUSTED,
    /** Too little was seen in the last hour to say anything: not the same as bad. */
    NO_DATA,
    /** A state that this version of the reader does not know. */
    OTHER;

    @JsonValue
    public String value() {
      return EnumNames.lower(this);
    }

    @JsonCreator
    public static State of(String value) {
      return EnumNames.known(State.class, value).orElse(OTHER);
    }
  }
}
