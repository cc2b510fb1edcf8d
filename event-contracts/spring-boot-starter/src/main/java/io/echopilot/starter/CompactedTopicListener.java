package io.echopilot.starter;

import io.echopilot.events.Event;
import io.echopilot.events.RecordPosition;
import java.time.Instant;
import java.util.Set;

/**
 * Hears what a compacted topic says of each key. Called by one thread at a time; must not block.
 */
public interface CompactedTopicListener<E extends Event> {
  /**
   * The newest known event of its key.
   *
   * @param taken when Kafka took it, by the broker's clock
   */
  void updated(E event, RecordPosition position, Instant taken);

  /** The key is gone. */
  default void removed(String key) {}

  /**
   * A record under this key could not be read, or is of no known type; what was known of the key
   * stays.
   */
  default void unreadable(String key, String reason) {}

  /** From now on these partitions are this instance's; their records follow from the start. */
  default void assigned(Set<Integer> partitions) {}

  /** These partitions are another instance's now. */
  default void revoked(Set<Integer> partitions) {}
}
