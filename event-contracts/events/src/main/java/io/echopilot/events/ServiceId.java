package io.echopilot.events;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;

/**
 * A protected service, unique in the fleet; the key of most topics. 1 to 63 lower-case letters,
 * digits or inner hyphens.
 */
public record ServiceId(@JsonValue String value) implements Comparable<ServiceId> {
  @JsonCreator(mode = JsonCreator.Mode.DELEGATING)
  public ServiceId {
    Checks.name("service", value);
  }

  @Override
  public int compareTo(ServiceId other) {
    return value.compareTo(other.value);
  }

  @Override
  public String toString() {
    return value;
  }
}
