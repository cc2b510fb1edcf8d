package io.echopilot.fleet.inbox;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Mono;
import reactor.core.publisher.Sinks;

/** What goes wrong with one channel, as a test or a person wants it. */
final class Trouble {
  private final Deque<Failure> failures = new ArrayDeque<>();
  private Sinks.@Nullable Empty<Void> held;
  private int waiting;

  /**
   * A refusal.
   *
   * @param retryAfter in seconds; null when the channel does not say
   */
  record Failure(int status, @Nullable Integer retryAfter) {}

  /** The next so many requests fail so. */
  synchronized void fail(Failure failure, int count) {
    for (int i = 0; i < count; i++) {
      failures.add(failure);
    }
  }

  synchronized Optional<Failure> next() {
    return Optional.ofNullable(failures.poll());
  }

  /** From now on requests take effect, but their answers wait. */
  synchronized void hold() {
    held = Sinks.empty();
  }

  synchronized void release() {
    if (held != null) {
      var _ = held.tryEmitEmpty();
    }
    held = null;
    waiting = 0;
  }

  synchronized int waiting() {
    return waiting;
  }

  /** Ends when the answer may leave. */
  synchronized Mono<Void> gate() {
    if (held == null) {
      return Mono.empty();
    }
    waiting++;
    return held.asMono();
  }
}
