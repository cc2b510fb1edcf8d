package io.echopilot.dashboard.live;

import java.time.Clock;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** Whether Kafka answers, and how far the timeline is read. */
final class Pulse {
  private final Clock clock;
  private volatile @Nullable Beat last;

  /**
   * How the dashboard itself fares.
   *
   * @param at when Kafka was asked
   * @param kafkaAnswers whether it answered
   * @param behind entries of the timeline that are not read yet, at least 0
   * @param answeredAt when it last answered
   */
  record Beat(Instant at, boolean kafkaAnswers, long behind, Instant answeredAt) {}

  Pulse(Clock clock) {
    this.clock = clock;
  }

  void answered(long behind) {
    Instant now = clock.instant();
    last = new Beat(now, true, behind, now);
  }

  void silent() {
    Instant now = clock.instant();
    Beat before = last;
    last =
        new Beat(
            now,
            false,
            before == null ? 0 : before.behind(),
            before == null ? now : before.answeredAt());
  }

  /** Null until Kafka was asked for the first time. */
  @Nullable Beat last() {
    return last;
  }
}
