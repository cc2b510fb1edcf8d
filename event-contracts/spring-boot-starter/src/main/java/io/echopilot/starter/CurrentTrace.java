package io.echopilot.starter;

import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The W3C trace context of the record that this thread is handling, which events published from
 * here carry on.
 */
final class CurrentTrace {
  private static final ThreadLocal<@Nullable String> TRACEPARENT = new ThreadLocal<>();

  private CurrentTrace() {}

  static void set(@Nullable String traceparent) {
    TRACEPARENT.set(traceparent);
  }

  static void clear() {
    TRACEPARENT.remove();
  }

  static Optional<String> get() {
    return Optional.ofNullable(TRACEPARENT.get());
  }
}
