package io.echopilot.dashboard.live;

import io.echopilot.events.AlertEvent;
import io.echopilot.events.AnomalyEvent;
import io.echopilot.events.BackupCommand;
import io.echopilot.events.BackupEvent;
import io.echopilot.events.BackupEvent.BackupVerified;
import io.echopilot.events.Event;
import io.echopilot.events.FailoverEvent;
import io.echopilot.events.FailoverStateEvent;
import io.echopilot.events.HeartbeatEvent;
import io.echopilot.events.IncidentEvent.IncidentOpened;
import io.echopilot.events.IncidentEvent.IncidentResolved;
import io.echopilot.events.IncidentEvent.IncidentUpdated;
import io.echopilot.events.JobEvent;
import io.echopilot.events.LocationEvent;
import io.echopilot.events.ProbeEvent;
import io.echopilot.events.ServiceEvent.ServiceDefined;
import io.echopilot.events.ServiceEvent.ServiceRemoved;
import io.echopilot.events.SiteId;
import io.echopilot.events.SloEvent.SloBreached;
import io.echopilot.events.SloEvent.SloRecovered;
import io.echopilot.events.SloEvent.SloStatus;
import io.echopilot.events.TimelineEvent.ProbesSummarized;
import io.echopilot.events.TrafficResult;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/**
 * The newest word on everything that has a state: services, their definitions, incidents, backups,
 * and the latest summaries of probe results. Not safe for use by many threads.
 */
final class Board {
  /** Summaries per service: what a sparkline shows. */
  static final int SUMMARIES = 60;

  /** Incidents that are over; those before are history. */
  static final int RESOLVED = 20;

  private final Map<String, String> newest = new LinkedHashMap<>();
  private final Map<String, String> resolved = new LinkedHashMap<>();
  private final Map<String, Deque<String>> summaries = new LinkedHashMap<>();

  void take(Event event, String json) {
    switch (event) {
      case ServiceRemoved removed -> removeService(removed.subject());
      case ServiceDefined defined -> {
        newest("service/" + defined.subject(), json);
        // Told again within a minute, if they are still promised.
        removeBudgets(defined.subject());
      }
      case FailoverStateEvent state -> newest("state/" + state.subject(), json);
      case IncidentResolved over -> resolved(over, json);
      case IncidentOpened opened -> newest("incident/" + opened.subject(), json);
      case IncidentUpdated updated -> newest("incident/" + updated.subject(), json);
      case BackupVerified verified -> {
        newest("verified/" + verified.subject(), json);
        newest("backup/" + verified.subject(), json);
      }
      case BackupEvent backup -> newest("backup/" + backup.subject(), json);
      case SloStatus status -> newest(budget(status), json);
      case ProbesSummarized summary -> summary(summary.subject(), json);
      case AlertEvent _,
          AnomalyEvent _,
          BackupCommand _,
          FailoverEvent _,
          HeartbeatEvent _,
          JobEvent _,
          LocationEvent _,
          ProbeEvent _,
          SloBreached _,
          SloRecovered _,
          TrafficResult _ -> {}
    }
  }

  /** A service is no longer protected. */
  void removeService(String service) {
    newest.remove("service/" + service);
    newest.remove("state/" + service);
    summaries.remove(service);
    removeBudgets(service);
  }

  private void removeBudgets(String service) {
    newest.keySet().removeIf(key -> key.startsWith("budget/" + service + "/"));
  }

  private static String budget(SloStatus status) {
    SiteId site = status.site();
    return "budget/%s/%s/%s".formatted(status.service(), status.slo(), site == null ? "" : site);
  }

  /** All of it, each as the JSON of its entry. */
  List<String> entries() {
    return Stream.of(
            newest.values().stream(),
            resolved.values().stream(),
            summaries.values().stream().flatMap(Deque::stream))
        .flatMap(each -> each)
        .toList();
  }

  /** In the order in which it came: of two words on one backup the later is the newest. */
  private void newest(String key, String json) {
    newest.remove(key);
    newest.put(key, json);
  }

  private void resolved(IncidentResolved incident, String json) {
    String key = "incident/" + incident.subject();
    newest.remove(key);
    resolved.remove(key);
    resolved.put(key, json);
    if (resolved.size() > RESOLVED) {
      resolved.remove(new ArrayList<>(resolved.keySet()).getFirst());
    }
  }

  private void summary(String service, String json) {
    Deque<String> all = summaries.computeIfAbsent(service, _ -> new ArrayDeque<>());
    all.addLast(json);
    if (all.size() > SUMMARIES) {
      all.removeFirst();
    }
  }
}
