package io.echopilot.events;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;

/** How a probe run ended. */
public enum Outcome {
  SUCCESS,
  FAILURE,
  /** The run before it was still going at this slot, so nothing was learnt. */
  OVERRAN,
  /**
   * The run could not be carried out, or ended in a way that this version does not know: nothing
   * was learnt.
   */
  UNKNOWN;

  /** Whether the target was seen to be well or not; else the run counts for nothing. */
  public boolean isTelling() {
    return this == SUCCESS || this == FAILURE;
  }

  @JsonValue
  public String value() {
    return EnumNames.lower(this);
  }

  /** The outcome of this name, or {@link #UNKNOWN}: later versions may add some. */
  @JsonCreator
  public static Outcome of(String value) {
    return EnumNames.known(Outcome.class, value).orElse(UNKNOWN);
  }
}
