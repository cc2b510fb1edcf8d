package io.echopilot.alert.incident;

import io.echopilot.alert.incident.IncidentRules.Outcome;
import io.echopilot.events.IncidentCause;
import io.echopilot.events.IncidentLevel;
import io.echopilot.events.RecordPosition;
import io.echopilot.events.SloEvent;
import io.echopilot.events.SloEvent.Level;
import io.echopilot.events.SloEvent.SloBreached;
import io.echopilot.events.SloEvent.SloRecovered;
import io.echopilot.events.SloEvent.SloStatus;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * The rules of error budgets: one incident for all that burn at a service, at level 2 while one of
 * them pages and at level 1 while there are tickets only. What burns during a failover is told in
 * its incident: it is the same outage.
 */
public final class BudgetRules {
  private BudgetRules() {}

  /** Applies the rules to what the guard of the budgets said. */
  public static Outcome apply(
      ServiceIncidents before, SloEvent event, Instant now, RecordPosition at) {
    Log log = new Log(before, event.service(), now, at, at.offset());
    switch (event) {
      case SloBreached breach -> breached(log, breach);
      case SloRecovered over -> recovered(log, over);
      case SloStatus _ -> {}
    }
    return new Outcome(log.incidents(), List.copyOf(log.events()));
  }

  private static void breached(Log log, SloBreached breach) {
    if (log.isOpen(IncidentCause.FAILOVER) && !log.isOpen(IncidentCause.BUDGET)) {
      log.note(IncidentCause.FAILOVER, Sentences.burns(breach));
      return;
    }
    Map<String, IncidentLevel> breaches = new TreeMap<>(log.parts(IncidentCause.BUDGET));
    breaches.put(key(breach, breach.level()), level(breach.level()));
    log.tell(IncidentCause.BUDGET, breaches, title(breach), Sentences.burns(breach));
  }

  private static void recovered(Log log, SloRecovered over) {
    Map<String, IncidentLevel> breaches = new TreeMap<>(log.parts(IncidentCause.BUDGET));
    String what = Sentences.inOrder(over);
    if (breaches.remove(key(over, over.level())) == null) {
      return;
    }
    if (breaches.isEmpty()) {
      log.resolve(IncidentCause.BUDGET, "no error budget burns too fast any more", what);
    } else {
      log.tell(
          IncidentCause.BUDGET,
          breaches,
          "still too fast: " + String.join(", ", breaches.keySet()),
          what);
    }
  }

  private static IncidentLevel level(Level level) {
    return switch (level) {
      case PAGE -> IncidentLevel.PARTIAL_OUTAGE;
      case TICKET -> IncidentLevel.DEGRADED;
    };
  }

  private static String title(SloBreached breach) {
    return "%s uses up its error budget of %s".formatted(Sentences.who(breach), breach.slo());
  }

  private static String key(SloEvent event, Level level) {
    return "%s of %s (%s)".formatted(event.slo(), Sentences.who(event), level.value());
  }
}
