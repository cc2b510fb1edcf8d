package io.echopilot.events;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;

/** A probe, unique within its service. 1 to 63 lower-case letters, digits or inner hyphens. */
public record ProbeId(@JsonValue String value) implements Comparable<ProbeId> {
  @JsonCreator(mode = JsonCreator.Mode.DELEGATING)
  public ProbeId {
    Checks.name("probe", value);
  }

  @Override
  public int compareTo(ProbeId other) {
    return value.compareTo(other.value);
  }

  @Override
  public String toString() {
    return value;
  }
}
