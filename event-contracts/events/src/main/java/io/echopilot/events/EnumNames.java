package io.echopilot.events;

import java.util.Arrays;
import java.util.Locale;
import java.util.stream.Collectors;

/** Enum constants as they stand in JSON and YAML: lower case with hyphens. */
final class EnumNames {
  private EnumNames() {}

  static String lower(Enum<?> constant) {
    return constant.name().toLowerCase(Locale.ROOT).replace('_', '-');
  }

  static <E extends Enum<E>> E parse(Class<E> type, String field, String value) {
    for (E constant : type.getEnumConstants()) {
      if (lower(constant).equals(value)) {
        return constant;
      }
    }
    throw new IllegalArgumentException(
        "%s must be one of %s, but is \"%s\"".formatted(field, all(type), value));
  }

  private static String all(Class<? extends Enum<?>> type) {
    return Arrays.stream(type.getEnumConstants())
        .map(EnumNames::lower)
        .collect(Collectors.joining(", "));
  }
}
