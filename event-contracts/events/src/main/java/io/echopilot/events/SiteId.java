package io.echopilot.events;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;

/**
 * A place that can serve a service's traffic, unique within its service. 1 to 63 lower-case
 * letters, digits or inner hyphens.
 */
public record SiteId(@JsonValue String value) implements Comparable<SiteId> {
  @JsonCreator(mode = JsonCreator.Mode.DELEGATING)
  public SiteId {
    Checks.name("site", value);
  }

  @Override
  public int compareTo(SiteId other) {
    return value.compareTo(other.value);
  }

  @Override
  public String toString() {
    return value;
  }
}
