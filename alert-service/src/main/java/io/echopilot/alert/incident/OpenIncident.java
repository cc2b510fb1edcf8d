package io.echopilot.alert.incident;

import io.echopilot.events.Incident;

/**
 * An incident that is not resolved yet.
 *
 * @param stage how far the traffic is
 */
public record OpenIncident(Incident incident, Stage stage) {

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
