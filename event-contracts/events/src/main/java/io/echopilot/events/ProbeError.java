package io.echopilot.events;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;

/**
 * Why a probe run failed or could not be carried out.
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
    REDIRECT,
    HEADER,
    BODY,
    /** A part of the target says that it is down. */
    DEPENDENCY,
    /** The target answered, but not what was expected. */
    ANSWER,
    /** A certificate has too few days left. */
    EXPIRING,
    /** The target refused the credentials. */
    LOGIN,
    /** A job did not report in. */
    LATE,
    PROTOCOL,
    /** The prober lacks something to carry the run out: a permission, a secret, the kind. */
    SETUP,
    /** The prober is not allowed to connect to where the target is. */
    DENIED,
    /** The prober itself stood still meanwhile, so that a healthy target may have looked so. */
    STALLED,
    /** A kind that this version of the reader does not know. */
    OTHER;

    @JsonValue
    public String value() {
      return EnumNames.lower(this);
    }

    /** The kind of this name, or {@link #OTHER}: later versions may add some. */
    @JsonCreator
    public static Kind of(String value) {
      return EnumNames.known(Kind.class, value).orElse(OTHER);
    }
  }
}
