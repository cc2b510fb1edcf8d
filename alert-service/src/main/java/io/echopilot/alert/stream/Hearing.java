package io.echopilot.alert.stream;

import java.time.Duration;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * Since when this process has heard all that is said. Who does not listen, or can't reach Kafka,
 * must not take that for the silence of others. Shared by the threads that listen.
 */
final class Hearing {
  /** The fleet has several processes, which all beat more often. */
  private static final Duration GAP = Duration.ofSeconds(10);

  private @Nullable Instant since;
  private @Nullable Instant latest;

  synchronized void heard(Instant now) {
    if (since(now) == null) {
      since = now;
    }
    latest = now;
  }

  /** Null while nothing is heard at all. */
  synchronized @Nullable Instant since(Instant now) {
    return latest == null || latest.plus(GAP).isBefore(now) ? null : since;
  }
}
