package io.echopilot.events;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;

/**
 * One incident, for example {@code checkout-failover-17}; made from what opened it, so that the
 * same cause opens it once.
 */
public record IncidentId(@JsonValue String value) {
  @JsonCreator(mode = JsonCreator.Mode.DELEGATING)
  public IncidentId {
    Checks.text("incident", value);
  }

  @Override
  public String toString() {
    return value;
  }
}
