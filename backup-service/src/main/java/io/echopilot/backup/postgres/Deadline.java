package io.echopilot.backup.postgres;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;

/** The end of the time that the making of a backup may take. */
public record Deadline(Clock clock, Instant end) {
  public static Deadline in(Duration limit, Clock clock) {
    return new Deadline(clock, clock.instant().plus(limit));
  }

  /**
   * What is left.
   *
   * @throws ToolFailure when nothing is
   */
  public Duration left() throws ToolFailure {
    Duration left = Duration.between(clock.instant(), end);
    if (left.toMillis() <= 0) {
      throw ToolFailure.unable("the time limit is used up: see what takes so long, or raise it");
    }
    return left;
  }
}
