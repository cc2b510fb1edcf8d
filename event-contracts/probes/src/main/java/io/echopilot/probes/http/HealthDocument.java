package io.echopilot.probes.http;

import io.echopilot.events.ProbeEvent.Part;
import io.echopilot.events.ProbeEvent.Part.State;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * The parts of a health document, in the forms that are about: names with a word or with a document
 * of their own ({@code {"database": "down"}}, Spring Boot's {@code components}), or a list of such
 * documents with names.
 */
final class HealthDocument {
  private static final int MOST_PARTS = 50;
  private static final int LONGEST = 200;
  private static final Set<String> UP =
      Set.of("up", "ok", "healthy", "pass", "passing", "true", "available", "connected", "running");
  private static final Set<String> DOWN =
      Set.of(
          "down",
          "fail",
          "failed",
          "failing",
          "error",
          "unhealthy",
          "false",
          "critical",
          "unavailable",
          "disconnected",
          "out_of_service");
  private static final List<String> STATES = List.of("status", "state", "healthy", "ok", "up");
  private static final List<String> MESSAGES =
      List.of("message", "error", "reason", "output", "details", "detail");
  private static final List<String> NAMES = List.of("name", "id", "component");

  private HealthDocument() {}

  /** What stands at the dependencies' place; parts beyond the fiftieth are left out. */
  static List<Part> parts(@Nullable Object found) {
    List<Part> parts = new ArrayList<>();
    if (found instanceof Map<?, ?> byName) {
      byName.forEach((name, part) -> parts.add(part(String.valueOf(name), part)));
    } else if (found instanceof List<?> list) {
      for (Object each : list) {
        String name = each instanceof Map<?, ?> part ? first(part, NAMES) : null;
        parts.add(part(name == null ? "number " + (parts.size() + 1) : name, each));
      }
    }
    return parts.stream().limit(MOST_PARTS).toList();
  }

  private static Part part(String name, @Nullable Object found) {
    String word = found instanceof Map<?, ?> map ? first(map, STATES) : String.valueOf(found);
    State state = state(word);
    String message = found instanceof Map<?, ?> map ? first(map, MESSAGES) : null;
    String shown = message == null && state == State.UNKNOWN ? word : message;
    return new Part(
        shortened(name.isBlank() ? "unnamed" : name),
        state,
        shown == null ? null : shortened(shown));
  }

  private static State state(@Nullable String word) {
    String lower = String.valueOf(word).toLowerCase(Locale.ROOT);
    if (UP.contains(lower)) {
      return State.UP;
    }
    return DOWN.contains(lower) ? State.DOWN : State.UNKNOWN;
  }

  private static @Nullable String first(Map<?, ?> map, List<String> keys) {
    return keys.stream()
        .flatMap(key -> Stream.ofNullable(map.get(key)))
        .map(Objects::toString)
        .filter(text -> !text.isBlank())
        .findFirst()
        .orElse(null);
  }

  /** What others write is copied into results by the thousand. */
  private static String shortened(String text) {
    return text.length() <= LONGEST ? text : text.substring(0, LONGEST) + "…";
  }
}
