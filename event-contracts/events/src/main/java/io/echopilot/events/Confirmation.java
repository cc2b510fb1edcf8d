package io.echopilot.events;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;

/** What proved that a switch took effect. */
public enum Confirmation {
  /** The entrypoint answered from the new site. */
  ENTRYPOINT,
  /** The edge said so; users' traffic was not looked at. */
  ROUTE;

  @JsonValue
  public String value() {
    return EnumNames.lower(this);
  }

  @JsonCreator
  public static Confirmation of(String value) {
    return EnumNames.parse(Confirmation.class, "confirmation", value);
  }
}
