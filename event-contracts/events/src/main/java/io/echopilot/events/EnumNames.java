package io.echopilot.events;

import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Collectors;

/** Enum constants as they stand in JSON and YAML: lower case with hyphens. */
final class EnumNames {
  private EnumNames() {}

  static String lower(Enum<?> constant) {
    return constant.name().toLowerCase(Locale.ROOT).replace('_', '-');
  }

  static <E extends Enum<E>> E parse(Class<E> type, String field, String value) {
    return known(type, value)
        .orElseThrow(() ->
            new IllegalArgumentException(
                "%s must be one of %s, but is \"%s\"".formatted(field, all(type), value)));
  }

  /** Empty for a name that only a later version may know. */
  static <E extends Enum<E>> Optional<E> known(Class<E> type, String value) {
    return Arrays.stream(type.getEnumConstants())
        .filter(constant -> lower(constant).equals(value))
        .findFirst();
  }

  private static String all(Class<? extends Enum<?>> type) {
    return Arrays.stream(type.getEnumConstants())
        .map(EnumNames::lower)
        .collect(Collectors.joining(", "));
  }
}
