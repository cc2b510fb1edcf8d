package io.echopilot.events;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;

/** How a series left its usual range. */
public enum AnomalyKind {
  /** Above it. */
  SPIKE,
  /** Below it. */
  DIP,
  /** For longer, or in how much it moves: it lives at another level now. */
  SHIFT,
  /** It does not move any more, or there are no values where there used to be some. */
  SILENCE,
  /** A kind that only a later version knows. */
  UNKNOWN;

  @JsonValue
  public String value() {
    return EnumNames.lower(this);
  }

  @JsonCreator
  public static AnomalyKind of(String value) {
    return EnumNames.known(AnomalyKind.class, value).orElse(UNKNOWN);
  }
}
