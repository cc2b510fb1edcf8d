package io.echopilot.prober.guard;

import io.echopilot.events.Maintenance;
import io.echopilot.prober.slo.Calendar;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.ZonedDateTime;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.scheduling.support.CronExpression;

/** Recurring work in UTC. The last answer is kept, with the times between which it holds. */
final class CronCalendar implements Calendar {
  private static final Logger log = LoggerFactory.getLogger(CronCalendar.class);

  private final List<Work> works;

  CronCalendar(List<Maintenance> maintenance) {
    works = maintenance.stream().map(Work::new).toList();
  }

  @Override
  public boolean covers(long epochMilli) {
    return works.stream().anyMatch(work -> work.covers(epochMilli));
  }

  private static final class Work {
    private final CronExpression cron;
    private final long length;
    private long from;
    private long to;
    private boolean working;

    Work(Maintenance maintenance) {
      cron = CronExpression.parse(maintenance.cron());
      length = maintenance.length().toMillis();
    }

    boolean covers(long epochMilli) {
      if (epochMilli < from || epochMilli >= to) {
        look(epochMilli);
      }
      return working;
    }

    /** It is under way if it began less than its length ago. */
    private void look(long epochMilli) {
      long began = next(epochMilli - length);
      working = began <= epochMilli;
      from = working ? began : epochMilli;
      to = working ? began + length : began;
    }

    /** The first beginning after a moment; for one that never comes again, never. */
    private long next(long epochMilli) {
      ZonedDateTime next = cron.next(Instant.ofEpochMilli(epochMilli).atZone(ZoneOffset.UTC));
      return next == null ? Long.MAX_VALUE : next.toInstant().toEpochMilli();
    }
  }

  /** A definition's; one that was written past the checks and can't be read covers nothing. */
  static Calendar of(io.echopilot.events.ServiceDefinition definition) {
    try {
      return new CronCalendar(definition.maintenance());
    } catch (IllegalArgumentException e) {
      log.warn("The maintenance of {} can't be read: {}", definition.id(), e.getMessage());
      return Calendar.EMPTY;
    }
  }
}
