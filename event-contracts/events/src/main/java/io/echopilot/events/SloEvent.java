package io.echopilot.events;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;
import java.time.Duration;
import java.time.Instant;

/** Error budgets that burn too fast; on {@code echopilot.slo-breaches}. */
public sealed interface SloEvent extends Event {
  ServiceId service();

  SiteId site();

  SloId slo();

  Level level();

  @Override
  default String subject() {
    return service().value();
  }

  /**
   * A burn rate was over its threshold in both of its windows.
   *
   * @param burnRate budget use relative to an even spend over the SLO's window, at least 0
   * @param longWindow the longer of the two windows, for example one hour
   */
  @EventType(
      value = "io.echopilot.slo.breached.v1",
      summary = "A site burns its error budget too fast, over a long and a short window.")
  record SloBreached(
      ServiceId service,
      SiteId site,
      SloId slo,
      Level level,
      double burnRate,
      Duration longWindow,
      Instant at)
      implements SloEvent {
    public SloBreached {
      Checks.present("service", service);
      Checks.present("site", site);
      Checks.present("slo", slo);
      Checks.present("level", level);
      Checks.positive("longWindow", longWindow);
      Checks.present("at", at);
    }
  }

  /** The burn rate is in order again. */
  @EventType(
      value = "io.echopilot.slo.recovered.v1",
      summary = "A site's burn rate is in order again.")
  record SloRecovered(ServiceId service, SiteId site, SloId slo, Level level, Instant at)
      implements SloEvent {
    public SloRecovered {
      Checks.present("service", service);
      Checks.present("site", site);
      Checks.present("slo", slo);
      Checks.present("level", level);
      Checks.present("at", at);
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
}
