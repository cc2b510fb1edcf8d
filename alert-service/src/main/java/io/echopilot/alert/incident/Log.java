package io.echopilot.alert.incident;

import static java.util.Objects.requireNonNull;

import io.echopilot.alert.incident.OpenIncident.Stage;
import io.echopilot.events.Incident;
import io.echopilot.events.Incident.Entry;
import io.echopilot.events.IncidentCause;
import io.echopilot.events.IncidentEvent;
import io.echopilot.events.IncidentEvent.IncidentOpened;
import io.echopilot.events.IncidentEvent.IncidentResolved;
import io.echopilot.events.IncidentEvent.IncidentUpdated;
import io.echopilot.events.IncidentId;
import io.echopilot.events.IncidentLevel;
import io.echopilot.events.RecordPosition;
import io.echopilot.events.ServiceId;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;

/** Writes down what one event means: the incidents it opens, updates and resolves. */
final class Log {
  private final ServiceId service;
  private final Instant now;
  private final RecordPosition cause;
  private final long number;
  private final List<IncidentEvent> events = new ArrayList<>();
  private ServiceIncidents incidents;

  /**
   * Begins with what was open.
   *
   * @param number names the incidents that are opened, unique for the service
   */
  Log(ServiceIncidents before, ServiceId service, Instant now, RecordPosition cause, long number) {
    this.incidents = before;
    this.service = service;
    this.now = now;
    this.cause = cause;
    this.number = number;
  }

  ServiceIncidents incidents() {
    return incidents;
  }

  List<IncidentEvent> events() {
    return events;
  }

  boolean isOpen(IncidentCause about) {
    return incidents.of(about).isPresent();
  }

  boolean isAt(IncidentCause about, Stage stage) {
    return incidents.of(about).map(open -> open.stage() == stage).orElse(false);
  }

  boolean isAt(IncidentCause about, IncidentLevel level) {
    return incidents.of(about).map(open -> open.incident().level() == level).orElse(false);
  }

  /** Opens an incident, or updates the one that is open. */
  void tell(
      IncidentCause about, Stage stage, IncidentLevel level, String title, String whatHappened) {
    boolean opens = !isOpen(about);
    Incident incident =
        opens
            ? opened(about, level, title, whatHappened)
            : next(requireNonNull(incidents.open().get(about)), level, title, whatHappened);
    incidents = incidents.with(new OpenIncident(incident, stage));
    events.add(opens ? new IncidentOpened(incident) : new IncidentUpdated(incident));
  }

  /** Adds to an incident that is open; nothing to one that isn't. */
  void add(IncidentCause about, Stage stage, String title, String whatHappened) {
    incidents
        .of(about)
        .ifPresent(open -> tell(about, stage, open.incident().level(), title, whatHappened));
  }

  /** Adds an entry to an incident that is open and leaves the rest as it is. */
  void note(IncidentCause about, String whatHappened) {
    incidents
        .of(about)
        .ifPresent(open -> add(about, open.stage(), open.incident().title(), whatHappened));
  }

  /** What an open incident is made of; empty when none is open. */
  Map<String, IncidentLevel> parts(IncidentCause about) {
    return incidents.of(about).map(OpenIncident::breaches).orElse(Map.of());
  }

  /** Tells of an incident that is made of these now: at least one; its level is the worst. */
  void tell(
      IncidentCause about, Map<String, IncidentLevel> parts, String title, String whatHappened) {
    IncidentLevel level = parts.values().stream().max(Comparator.naturalOrder()).orElseThrow();
    tell(about, Stage.STUCK, level, title, whatHappened);
    Incident incident = requireNonNull(incidents.open().get(about)).incident();
    incidents = incidents.with(new OpenIncident(incident, Stage.STUCK, parts));
  }

  /** Ends an incident if it is open. */
  void resolve(IncidentCause about, String title, String whatHappened) {
    incidents
        .of(about)
        .ifPresent(open -> {
          incidents = incidents.without(about);
          events.add(
              new IncidentResolved(next(open, open.incident().level(), title, whatHappened)));
        });
  }

  private Incident opened(
      IncidentCause about, IncidentLevel level, String title, String whatHappened) {
    return new Incident(
        new IncidentId("%s-%s-%d".formatted(service, about.value(), number)),
        service,
        about,
        level,
        1,
        title,
        List.of(new Entry(now, whatHappened, cause)),
        now,
        now);
  }

  private Incident next(OpenIncident open, IncidentLevel level, String title, String whatHappened) {
    Incident before = open.incident();
    List<Entry> entries = new ArrayList<>(before.entries());
    if (entries.size() == Incident.MOST_ENTRIES) {
      entries.remove(1);
    }
    entries.add(new Entry(now, whatHappened, cause));
    return new Incident(
        before.id(),
        service,
        before.cause(),
        level,
        before.revision() + 1,
        title,
        entries,
        before.openedAt(),
        now);
  }
}
