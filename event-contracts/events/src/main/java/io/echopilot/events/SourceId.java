package io.echopilot.events;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;

/**
 * A database that is backed up, for example {@code checkout-db}. 1 to 63 lower-case letters, digits
 * or inner hyphens.
 */
public record SourceId(@JsonValue String value) implements Comparable<SourceId> {
  @JsonCreator(mode = JsonCreator.Mode.DELEGATING)
  public SourceId {
    Checks.name("source", value);
  }

  @Override
  public int compareTo(SourceId other) {
    return value.compareTo(other.value);
  }

  @Override
  public String toString() {
    return value;
  }
}
