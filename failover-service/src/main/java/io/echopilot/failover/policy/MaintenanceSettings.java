package io.echopilot.failover.policy;

import com.fasterxml.jackson.annotation.JsonProperty;
import io.echopilot.events.Maintenance;
import java.time.Duration;
import org.jspecify.annotations.Nullable;
import org.springframework.scheduling.support.CronExpression;

/** Recurring work as people write it; {@link Maintenance} says what each key means. */
record MaintenanceSettings(@Nullable String cron, @JsonProperty("for") @Nullable Duration length) {

  Maintenance maintenance() {
    if (cron == null) {
      throw new IllegalArgumentException("maintenance.cron is missing");
    }
    if (length == null) {
      throw new IllegalArgumentException("maintenance.for is missing: how long it lasts");
    }
    try {
      CronExpression.parse(cron);
    } catch (IllegalArgumentException e) {
      throw new IllegalArgumentException(
          "maintenance.cron must be second, minute, hour, day, month and weekday, such as"
              + " \"0 0 3 * * SUN\", but is \"%s\": %s".formatted(cron, e.getMessage()),
          e);
    }
    return new Maintenance(cron, length);
  }
}
