package io.echopilot.events;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;

/** What an incident is about. */
public enum IncidentCause {
  /** A site is down, whether traffic could leave it or not. */
  FAILOVER,
  /** The edge sends traffic elsewhere than was decided. */
  DRIFT,
  /** EchoPilot moves the service no more until a person releases it. */
  HELD,
  /** An error budget burns too fast. */
  BUDGET,
  /** A probing location is not to be relied on. */
  LOCATION,
  /** Something is not as usual, and nothing else is known to be the matter. */
  ANOMALY;

  @JsonValue
  public String value() {
    return EnumNames.lower(this);
  }

  @JsonCreator
  public static IncidentCause of(String value) {
    return EnumNames.parse(IncidentCause.class, "cause", value);
  }
}
