package io.echopilot.events;

/** What people are told of, from its beginning to its end; on {@code echopilot.incidents}. */
public sealed interface IncidentEvent extends Event {
  Incident incident();

  @Override
  default String subject() {
    return incident().id().value();
  }

  /** Something is the matter that people must know. */
  @EventType(
      value = "io.echopilot.incident.opened.v1",
      summary = "Something is the matter that people must know.")
  record IncidentOpened(Incident incident) implements IncidentEvent {
    public IncidentOpened {
      Checks.present("incident", incident);
    }
  }

  /** More happened. */
  @EventType(value = "io.echopilot.incident.updated.v1", summary = "More happened.")
  record IncidentUpdated(Incident incident) implements IncidentEvent {
    public IncidentUpdated {
      Checks.present("incident", incident);
    }
  }

  /** It is over. */
  @EventType(value = "io.echopilot.incident.resolved.v1", summary = "It is over.")
  record IncidentResolved(Incident incident) implements IncidentEvent {
    public IncidentResolved {
      Checks.present("incident", incident);
    }
  }
}
