package io.echopilot.events;

import java.util.Arrays;
import java.util.Collection;
import java.util.HashMap;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Stream;

/** All event types, found through the sealed families, by their versioned name. */
public final class EventTypes {
  private static final Map<String, Class<? extends Event>> BY_NAME = new HashMap<>();
  private static final Map<Class<? extends Event>, String> NAMES = new HashMap<>();

  static {
    recordsOf(Event.class).forEach(EventTypes::register);
  }

  private EventTypes() {}

  /** Every event type. */
  public static Collection<Class<? extends Event>> all() {
    return BY_NAME.values();
  }

  /** The record of a {@code ce_type}; empty for one that this version does not know. */
  public static Optional<Class<? extends Event>> named(String name) {
    return Optional.ofNullable(BY_NAME.get(name));
  }

  /** The {@code ce_type} of an event. */
  public static String nameOf(Class<? extends Event> type) {
    return Objects.requireNonNull(NAMES.get(type), () -> type + " is no event type");
  }

  /** The events of a topic. */
  public static Stream<Class<? extends Event>> recordsOf(Class<? extends Event> family) {
    if (family.isRecord()) {
      return Stream.of(family);
    }
    return Arrays.stream(family.getPermittedSubclasses())
        .flatMap(subtype -> recordsOf(subtype.asSubclass(Event.class)));
  }

  private static void register(Class<? extends Event> type) {
    EventType annotation =
        Objects.requireNonNull(
            type.getAnnotation(EventType.class), () -> type + " lacks @EventType");
    Class<? extends Event> other = BY_NAME.put(annotation.value(), type);
    if (other != null) {
      throw new IllegalStateException(
          "%s and %s are both named %s".formatted(other, type, annotation.value()));
    }
    NAMES.put(type, annotation.value());
  }
}
