package io.echopilot.prober.publish;

import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Whether Kafka takes what this prober says: whoever waits for word from Kafka must know when there
 * could be none. Written by many threads without a lock, right to within a few messages.
 */
public final class KafkaContact {
  /** Kafka takes a message within milliseconds, a new leader within a second or two. */
  private static final Duration PATIENCE = Duration.ofSeconds(5);

  private volatile @Nullable Instant pending;
  private volatile @Nullable Instant broken;

  void sent(Instant now) {
    if (pending == null) {
      pending = now;
    }
  }

  void taken(Instant now) {
    lastBroken(now);
    pending = null;
  }

  /** Kafka did not take something. */
  public void lost(Instant now) {
    broken = now;
  }

  /** When Kafka last took nothing of what was sent; empty when it always did. */
  public Optional<Instant> lastBroken(Instant now) {
    Instant waiting = pending;
    if (waiting != null && now.isAfter(waiting.plus(PATIENCE))) {
      broken = now;
    }
    return Optional.ofNullable(broken);
  }
}
