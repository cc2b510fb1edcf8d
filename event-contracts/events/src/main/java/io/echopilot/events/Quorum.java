package io.echopilot.events;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;

/**
 * How many of the <em>listed</em> locations must agree, so that an unknown never lowers the bar.
 */
public enum Quorum {
  ANY,
  MAJORITY,
  ALL;

  /** Votes needed of {@code listed} locations; at least 1. */
  public int needed(int listed) {
    return switch (this) {
      case ANY -> 1;
      case MAJORITY -> listed / 2 + 1;
      case ALL -> listed;
    };
  }

  @JsonValue
  public String value() {
    return EnumNames.lower(this);
  }

  @JsonCreator
  public static Quorum of(String value) {
    return EnumNames.parse(Quorum.class, "locations", value);
  }
}
