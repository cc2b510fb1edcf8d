package io.echopilot.events;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;

/** How a probe run ended. */
public enum Outcome {
  SUCCESS,
  FAILURE,
  /** The run before it was still going at this slot, so nothing was learnt. */
  OVERRAN;

  @JsonValue
  public String value() {
    return EnumNames.lower(this);
  }

  @JsonCreator
  public static Outcome of(String value) {
    return EnumNames.parse(Outcome.class, "outcome", value);
  }
}
