package io.echopilot.events;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;

/** What to do when the route is read back different from what was decided. */
public enum Drift {
  /** Put the decided route back, under a new epoch. */
  REASSERT,
  /** Leave the route alone, hold, and tell people. */
  HOLD;

  @JsonValue
  public String value() {
    return EnumNames.lower(this);
  }

  @JsonCreator
  public static Drift of(String value) {
    return EnumNames.parse(Drift.class, "drift", value);
  }
}
