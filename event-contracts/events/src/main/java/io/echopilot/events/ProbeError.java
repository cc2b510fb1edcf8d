package io.echopilot.events;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;

/**
 * Why a probe run failed.
 *
 * @param kind for programs
 * @param message for people: one sentence that says what was expected and seen
 */
public record ProbeError(Kind kind, String message) {
  public ProbeError {
    Checks.present("error.kind", kind);
    Checks.text("error.message", message);
  }

  /** The class of an error. */
  public enum Kind {
    DNS,
    REFUSED,
    CONNECT,
    TIMEOUT,
    TLS,
    STATUS,
    BODY,
    PROTOCOL,
    /** A kind that this version of the reader does not know. */
    OTHER;

    @JsonValue
    public String value() {
      return EnumNames.lower(this);
    }

    /** The kind of this name, or {@link #OTHER}: later versions may add some. */
    @JsonCreator
    public static Kind of(String value) {
      for (Kind kind : values()) {
        if (kind.value().equals(value)) {
          return kind;
        }
      }
      return OTHER;
    }
  }
}
