package io.echopilot.alert.incident;

import io.echopilot.events.Incident;
import io.echopilot.events.IncidentLevel;
import java.util.Collections;
import java.util.Map;
import java.util.TreeMap;

/**
 * An incident that is not resolved yet.
 *
 * @param stage how far the traffic is
 * @param breaches the levels of what it is made of, by budget or series; empty where it is about
 *     one thing
 */
public record OpenIncident(Incident incident, Stage stage, Map<String, IncidentLevel> breaches) {
  public OpenIncident {
    // Absent in what was kept before there were any.
    breaches = breaches == null ? Map.of() : Collections.unmodifiableMap(new TreeMap<>(breaches));
  }

  OpenIncident(Incident incident, Stage stage) {
    this(incident, stage, Map.of());
  }

  /** Where the traffic is while an incident lasts. */
  public enum Stage {
    /** On the failing site, and it has been there all the time. */
    STUCK,
    /** On its way to a healthy site. */
    LEAVING,
    /** On another site than it was. */
    AWAY,
    /** On its way back to the primary. */
    RETURNING
  }
}
