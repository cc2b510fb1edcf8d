package io.echopilot.probes;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;
import java.util.regex.Pattern;

/**
 * Names a secret that each prober has for itself: a definition holds none, for many may read it.
 *
 * @param name 1 to 63 lower-case letters, digits or inner hyphens
 */
public record SecretRef(String name) {
  private static final String PREFIX = "secret:";
  private static final Pattern NAME = Pattern.compile("[a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?");

  public SecretRef {
    if (!NAME.matcher(name).matches()) {
      throw new IllegalArgumentException(
          "a secret's name must be 1 to 63 lower-case letters, digits or inner hyphens, but is \"%s\""
              .formatted(name));
    }
  }

  /** From {@code secret:NAME}; what else stands there is not repeated, for it may be a secret. */
  @JsonCreator(mode = JsonCreator.Mode.DELEGATING)
  public static SecretRef of(String text) {
    if (!text.startsWith(PREFIX)) {
      throw new IllegalArgumentException(
          "a secret must not stand here itself; write secret:NAME and give each prober the secret");
    }
    return new SecretRef(text.substring(PREFIX.length()));
  }

  @JsonValue
  @Override
  public String toString() {
    return PREFIX + name;
  }
}
