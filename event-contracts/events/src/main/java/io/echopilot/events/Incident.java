package io.echopilot.events;

import java.time.Instant;
import java.util.List;

/**
 * An incident as it stands: each of its events carries the whole, so that a reader needs only the
 * newest.
 *
 * @param service whom it concerns; with the cause {@link IncidentCause#LOCATION} the location's
 *     name
 * @param revision counted from 1; grows by one with each event
 * @param title what matters now, in one sentence
 * @param entries what happened, oldest first, at most {@value #MOST_ENTRIES}: the first is kept and
 *     then the newest
 * @param openedAt when it began, by the broker's clock
 * @param updatedAt when the newest entry happened, by the broker's clock
 */
public record Incident(
    IncidentId id,
    ServiceId service,
    IncidentCause cause,
    IncidentLevel level,
    int revision,
    String title,
    List<Entry> entries,
    Instant openedAt,
    Instant updatedAt) {
  public static final int MOST_ENTRIES = 40;

  /**
   * One thing that happened.
   *
   * @param at by the broker's clock
   * @param text one sentence
   * @param cause the record that says so
   */
  public record Entry(Instant at, String text, RecordPosition cause) {
    public Entry {
      Checks.present("entry.at", at);
      Checks.text("entry.text", text);
      Checks.present("entry.cause", cause);
    }
  }

  public Incident {
    Checks.present("incident.id", id);
    Checks.present("incident.service", service);
    Checks.present("incident.cause", cause);
    Checks.present("incident.level", level);
    Checks.atLeast("incident.revision", 1, revision);
    Checks.text("incident.title", title);
    entries = List.copyOf(Checks.present("incident.entries", entries));
    if (entries.isEmpty() || entries.size() > MOST_ENTRIES) {
      throw new IllegalArgumentException(
          "incident.entries holds 1 to %d, but has %d".formatted(MOST_ENTRIES, entries.size()));
    }
    Checks.present("incident.openedAt", openedAt);
    Checks.present("incident.updatedAt", updatedAt);
  }
}
