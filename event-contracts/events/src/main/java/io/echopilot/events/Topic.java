package io.echopilot.events;

import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * A topic and what it holds.
 *
 * @param family the sealed interface of its events
 * @param retention how long records are kept; null for a compacted topic, which keeps the newest
 *     record per key
 * @param summary one sentence for a reader of the AsyncAPI document
 */
public record Topic<E extends Event>(
    String name, Class<E> family, Key key, @Nullable Duration retention, String summary) {
  public static final String DEAD_LETTER_SUFFIX = ".dlt";

  /** What the record key is. */
  public enum Key {
    /**
     * A service id. All topics with this key have one partition count, so that they can be joined.
     */
    SERVICE(true),
    /** An incident id; with one partition count for all, too. */
    INCIDENT(true),
    /** A backed up database; with one partition count for all, too. */
    SOURCE(true),
    /** A job that a probe waits for; with one partition count for all, too. */
    JOB(true),
    LOCATION(false),
    INSTANCE(false),
    /** Whatever its event is about; one partition, so that all events stand in one order. */
    SUBJECT(false);

    private final boolean copartitioned;

    Key(boolean copartitioned) {
      this.copartitioned = copartitioned;
    }

    /** Whether all topics with this key have the configured partition count. */
    public boolean copartitioned() {
      return copartitioned;
    }
  }

  public boolean compacted() {
    return retention == null;
  }

  public String deadLetters() {
    return name + DEAD_LETTER_SUFFIX;
  }
}
