package io.echopilot.prober.schedule;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.function.LongSupplier;

/**
 * The time that slots are planned in: it runs with a monotonic clock, so that nothing jumps under a
 * plan, and is laid to the wall clock again and again, so that slots stay on the grid of the wall
 * clock. Used by one thread.
 */
public final class SteadyClock {
  /** More than slewing ever makes of a second, less than anybody would step a clock for. */
  private static final Duration STEP = Duration.ofMillis(100);

  private final Clock wall;
  private final LongSupplier monotonic;
  private Instant anchor;
  private long anchored;

  /**
   * Makes a clock that shows what the wall clock shows.
   *
   * @param monotonic nanoseconds since some moment, as {@link System#nanoTime}
   */
  public SteadyClock(Clock wall, LongSupplier monotonic) {
    this.wall = wall;
    this.monotonic = monotonic;
    this.anchor = wall.instant();
    this.anchored = monotonic.getAsLong();
  }

  Instant now() {
    return anchor.plusNanos(monotonic.getAsLong() - anchored);
  }

  /**
   * Shows what the wall clock shows from now on.
   *
   * @return whether the wall clock was stepped, so that plans no longer fit
   */
  boolean follow() {
    Instant before = now();
    anchored = monotonic.getAsLong();
    anchor = wall.instant();
    return Duration.between(before, anchor).abs().compareTo(STEP) > 0;
  }
}
