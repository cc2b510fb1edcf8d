package io.echopilot.events;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;

/**
 * A service level objective, unique within its service. 1 to 63 lower-case letters, digits or inner
 * hyphens.
 */
public record SloId(@JsonValue String value) implements Comparable<SloId> {
  @JsonCreator(mode = JsonCreator.Mode.DELEGATING)
  public SloId {
    Checks.name("slo", value);
  }

  @Override
  public int compareTo(SloId other) {
    return value.compareTo(other.value);
  }

  @Override
  public String toString() {
    return value;
  }
}
