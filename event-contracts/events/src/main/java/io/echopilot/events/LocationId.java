package io.echopilot.events;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;

/**
 * A place that probes from: one vote, however many replicas run there. 1 to 63 lower-case letters,
 * digits or inner hyphens.
 */
public record LocationId(@JsonValue String value) implements Comparable<LocationId> {
  @JsonCreator(mode = JsonCreator.Mode.DELEGATING)
  public LocationId {
    Checks.name("location", value);
  }

  @Override
  public int compareTo(LocationId other) {
    return value.compareTo(other.value);
  }

  @Override
  public String toString() {
    return value;
  }
}
