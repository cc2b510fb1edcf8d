package io.echopilot.alert.history;

import io.echopilot.events.RecordPosition;
import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicBoolean;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.core.NestedExceptionUtils;

/** What is still to be written, and whether the database takes it. */
final class Backlog {
  private static final Logger log = LoggerFactory.getLogger(Backlog.class);

  private final Map<RecordPosition, Instant> records = new ConcurrentHashMap<>();
  private final AtomicBoolean waiting = new AtomicBoolean();

  void add(RecordPosition position, Instant happened) {
    records.put(position, happened);
  }

  void remove(RecordPosition position) {
    records.remove(position);
  }

  void failed(Throwable failure) {
    if (waiting.compareAndSet(false, true)) {
      log.warn(
          "The history waits until PostgreSQL takes it; people are told all the same: {}",
          NestedExceptionUtils.getMostSpecificCause(failure).toString());
    }
  }

  void succeeded() {
    if (waiting.compareAndSet(true, false)) {
      log.info("PostgreSQL takes the history again");
    }
  }

  /** Whether the newest attempt failed. */
  boolean isWaiting() {
    return waiting.get();
  }

  /** Since when the oldest record that is not written has been there; zero when all is written. */
  Duration age(Instant now) {
    return records.values().stream()
        .min(Comparator.naturalOrder())
        .map(oldest -> Duration.between(oldest, now))
        .filter(Duration::isPositive)
        .orElse(Duration.ZERO);
  }
}
