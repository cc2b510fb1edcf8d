package io.echopilot.failover.stream;

import io.echopilot.starter.streams.StreamsConfiguration;
import java.time.Duration;
import java.time.Instant;

/**
 * Whether a stream thread is behind, and what it leaves for later then. A decision is committed at
 * once; but where records wait for those before them and not for a commit, the commit interval
 * suffices: a commit takes milliseconds, whether it ends one decision or fifty. Views wait, too.
 */
final class Backlog {
  /** What is committed anyway, and how late a view may be. */
  static final Duration COMMIT_INTERVAL = StreamsConfiguration.COMMIT_INTERVAL;

  /** A record that is older when its turn comes stood in a queue. */
  static final Duration QUEUED = Duration.ofMillis(50);

  /** Views wait no longer than this, however long the backlog lasts. */
  static final Duration MOST_DELAY = Duration.ofSeconds(5);

  private Instant committed = Instant.EPOCH;
  private Instant queued = Instant.EPOCH;
  private Instant began = Instant.EPOCH;

  /**
   * Whether to commit at once what was decided on a record, or at a deadline, of this time. Also in
   * a backlog when the last time was an interval ago: the clocks may differ.
   */
  boolean commitsAtOnce(Instant time, Instant now) {
    boolean late = now.isAfter(time.plus(QUEUED));
    if (late) {
      began = lasts(now) ? began : now;
      queued = now;
    }
    boolean atOnce = !late || !now.isBefore(committed.plus(COMMIT_INTERVAL));
    committed = atOnce ? now : committed;
    return atOnce;
  }

  /** Whether views should wait. */
  boolean putsOffViews(Instant now) {
    return lasts(now) && now.isBefore(began.plus(MOST_DELAY));
  }

  private boolean lasts(Instant now) {
    return now.isBefore(queued.plus(COMMIT_INTERVAL));
  }
}
