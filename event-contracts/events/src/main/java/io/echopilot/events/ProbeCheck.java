package io.echopilot.events;

import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * What a probe does: a kind and its settings, which mean something to that kind alone. So a reader
 * that does not know a kind still reads the definition, and a new kind changes nothing here.
 *
 * @param kind the key in YAML and JSON, for example {@code http}
 * @param settings texts, numbers, booleans, lists and maps of these; sorted by key and integers as
 *     {@link Long}, so that equal checks have equal bytes in every process
 */
public record ProbeCheck(String kind, Map<String, Object> settings) {
  private static final Pattern KIND = Pattern.compile("[a-z][a-z0-9-]{0,62}");

  public ProbeCheck {
    if (!KIND.matcher(Checks.present("probe.kind", kind)).matches()) {
      throw new IllegalArgumentException(
          "probe.kind must be lower-case letters, digits or hyphens, but is \"%s\""
              .formatted(kind));
    }
    settings = sorted(Checks.present(kind, settings));
  }

  /** A check of settings as a parser yields them. */
  static ProbeCheck of(String kind, Map<?, ?> settings) {
    return new ProbeCheck(kind, sorted(settings));
  }

  private static Map<String, Object> sorted(Map<?, ?> given) {
    Map<String, Object> sorted = new TreeMap<>();
    given.forEach((key, value) -> {
      if (value != null) {
        sorted.put(String.valueOf(key), canonical(value));
      }
    });
    return Collections.unmodifiableMap(sorted);
  }

  private static Object canonical(@Nullable Object value) {
    return switch (value) {
      case Map<?, ?> map -> sorted(map);
      case List<?> list -> list.stream().map(ProbeCheck::canonical).toList();
      case Integer number -> number.longValue();
      case Number number -> number;
      case String text -> text;
      case Boolean truth -> truth;
      case null, default ->
          throw new IllegalArgumentException(
              "a setting must be a text, a number, true or false, a list or a map, but is "
                  + value);
    };
  }
}
