package io.echopilot.backup.stream;

import io.echopilot.backup.plan.Timetable;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.ZonedDateTime;
import org.springframework.scheduling.support.CronExpression;

/** A cron expression of Spring's six fields, in UTC. */
final class CronTimetable implements Timetable {
  private final CronExpression cron;

  CronTimetable(String text) {
    cron = CronExpression.parse(text);
  }

  /** For an expression that never comes again, such as one with 30 February: never. */
  @Override
  public Instant after(Instant time) {
    ZonedDateTime next = cron.next(time.atZone(ZoneOffset.UTC));
    return next == null ? Instant.MAX : next.toInstant();
  }
}
