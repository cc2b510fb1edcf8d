package io.echopilot.events;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;

/** What a location says of a site, or what the locations together say. */
public enum Vote {
  UP,
  DOWN,
  /** Missing, stale, impaired, or a clock that can't be right: no evidence either way. */
  UNKNOWN;

  @JsonValue
  public String value() {
    return EnumNames.lower(this);
  }

  @JsonCreator
  public static Vote of(String value) {
    return EnumNames.parse(Vote.class, "vote", value);
  }
}
