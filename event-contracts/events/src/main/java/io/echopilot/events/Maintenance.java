package io.echopilot.events;

import com.fasterxml.jackson.annotation.JsonProperty;
import java.time.Duration;

/**
 * Recurring work on a service; what is seen meanwhile counts for no SLO.
 *
 * @param cron when it begins: second, minute, hour, day, month, weekday, in UTC
 * @param length how long it lasts; {@code for} in YAML and JSON; at most a day
 */
public record Maintenance(String cron, @JsonProperty("for") Duration length) {
  private static final Duration LONGEST = Duration.ofDays(1);

  public Maintenance {
    Checks.text("maintenance.cron", cron);
    Checks.positive("maintenance.for", length);
    if (length.compareTo(LONGEST) > 0) {
      throw new IllegalArgumentException("maintenance.for must be at most a day, but is " + length);
    }
  }
}
