package io.echopilot.events;

import java.time.Duration;
import java.util.Collections;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** The checks that constructors of events share; each failure names the field and the remedy. */
final class Checks {
  private static final Pattern NAME = Pattern.compile("[a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?");

  private Checks() {}

  static String name(String field, @Nullable String value) {
    if (value == null || !NAME.matcher(value).matches()) {
      throw new IllegalArgumentException(
          "%s must be 1 to 63 lower-case letters, digits or inner hyphens, but is %s"
              .formatted(field, value == null ? "missing" : "\"" + value + "\""));
    }
    return value;
  }

  /** In order of key, so that equal events have equal bytes; empty when it is null. */
  static <V> Map<String, V> sorted(@Nullable Map<String, V> values) {
    return values == null ? Map.of() : Collections.unmodifiableMap(new TreeMap<>(values));
  }

  static <T> T present(String field, @Nullable T value) {
    if (value == null) {
      throw new IllegalArgumentException(field + " is missing");
    }
    return value;
  }

  static String text(String field, @Nullable String value) {
    if (value == null || value.isBlank()) {
      throw new IllegalArgumentException(field + " must not be empty");
    }
    return value;
  }

  static Duration positive(String field, @Nullable Duration value) {
    if (value == null || value.isZero() || value.isNegative()) {
      throw new IllegalArgumentException(field + " must be a positive duration, but is " + value);
    }
    return value;
  }

  static Duration notNegative(String field, @Nullable Duration value) {
    if (value == null || value.isNegative()) {
      throw new IllegalArgumentException(field + " must be zero or more, but is " + value);
    }
    return value;
  }

  static long atLeast(String field, long least, long value) {
    if (value < least) {
      throw new IllegalArgumentException(
          "%s must be at least %d, but is %d".formatted(field, least, value));
    }
    return value;
  }
}
