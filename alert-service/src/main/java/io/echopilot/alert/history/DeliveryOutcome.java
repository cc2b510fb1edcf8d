package io.echopilot.alert.history;

import com.fasterxml.jackson.annotation.JsonValue;
import java.util.Locale;

/** What became of an attempt to show an incident to people. */
enum DeliveryOutcome {
  /** Not known yet. */
  REQUESTED,
  DELIVERED,
  /** It was, or will be, tried again. */
  FAILED,
  /** Another attempt was without hope. */
  REFUSED;

  /** As it stands in the database and in answers. */
  @JsonValue
  String value() {
    return name().toLowerCase(Locale.ROOT);
  }

  static DeliveryOutcome of(String value) {
    return valueOf(value.toUpperCase(Locale.ROOT));
  }
}
