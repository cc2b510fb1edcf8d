package io.echopilot.events;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;

/** How traffic returns to the primary once it has been healthy for long enough. */
public enum Failback {
  /** By itself. */
  AUTOMATIC,
  /** Only when a person asks. */
  MANUAL;

  @JsonValue
  public String value() {
    return EnumNames.lower(this);
  }

  @JsonCreator
  public static Failback of(String value) {
    return EnumNames.parse(Failback.class, "failback", value);
  }
}
