package io.echopilot.events;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;

/** The state of a service, as published. */
public enum FailoverPhase {
  UNKNOWN,
  STEADY,
  SUSPECT,
  BLOCKED,
  SWITCHING,
  FAILED_OVER,
  RECOVERING,
  SWITCHING_BACK,
  OBSERVING,
  HELD;

  @JsonValue
  public String value() {
    return EnumNames.lower(this);
  }

  @JsonCreator
  public static FailoverPhase of(String value) {
    return EnumNames.parse(FailoverPhase.class, "phase", value);
  }
}
