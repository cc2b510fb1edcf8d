package io.echopilot.alert.incident;

import io.echopilot.alert.incident.IncidentRules.Outcome;
import io.echopilot.events.AnomalyEvent;
import io.echopilot.events.AnomalyEvent.AnomalyCleared;
import io.echopilot.events.AnomalyEvent.AnomalyDetected;
import io.echopilot.events.IncidentCause;
import io.echopilot.events.IncidentLevel;
import io.echopilot.events.RecordPosition;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Stream;

/**
 * The rules of anomalies: all of a service are one incident at level 1, until the last is over.
 * While something is known to be the matter they are told in its incident: they may say why.
 */
public final class AnomalyRules {
  private AnomalyRules() {}

  /** Applies the rules to what the guard of the series said. */
  public static Outcome apply(
      ServiceIncidents before, AnomalyEvent event, Instant now, RecordPosition at) {
    Log log = new Log(before, event.service(), now, at, at.offset());
    switch (event) {
      case AnomalyDetected found -> detected(log, found);
      case AnomalyCleared over -> cleared(log, over);
    }
    return new Outcome(log.incidents(), List.copyOf(log.events()));
  }

  private static void detected(Log log, AnomalyDetected found) {
    Optional<IncidentCause> known =
        Stream.of(IncidentCause.FAILOVER, IncidentCause.BUDGET).filter(log::isOpen).findFirst();
    if (known.isPresent() && !log.isOpen(IncidentCause.ANOMALY)) {
      log.note(known.get(), Sentences.unusual(found));
      return;
    }
    Map<String, IncidentLevel> unusual = new TreeMap<>(log.parts(IncidentCause.ANOMALY));
    unusual.put(key(found), IncidentLevel.DEGRADED);
    log.tell(
        IncidentCause.ANOMALY,
        unusual,
        "%s is not as usual".formatted(key(found)),
        Sentences.unusual(found));
  }

  private static void cleared(Log log, AnomalyCleared over) {
    Map<String, IncidentLevel> unusual = new TreeMap<>(log.parts(IncidentCause.ANOMALY));
    if (unusual.remove(key(over)) == null) {
      return;
    }
    if (unusual.isEmpty()) {
      log.resolve(IncidentCause.ANOMALY, "everything is as usual again", Sentences.usual(over));
    } else {
      log.tell(
          IncidentCause.ANOMALY,
          unusual,
          "still not as usual: " + String.join(", ", unusual.keySet()),
          Sentences.usual(over));
    }
  }

  private static String key(AnomalyEvent event) {
    return "%s of %s".formatted(event.series(), event.site());
  }
}
