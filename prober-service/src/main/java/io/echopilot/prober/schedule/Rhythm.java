package io.echopilot.prober.schedule;

import io.echopilot.events.Slot;
import java.time.Duration;
import java.time.Instant;

/**
 * In which slots a probe runs. Regular slots lie on a grid of the wall clock, {@code phase} after
 * each multiple of the interval, so they never drift. After a failure slots follow at the confirm
 * interval until a success, or until the target is down from here.
 *
 * @param failures failures in a row after which there is nothing left to confirm
 * @param phase from zero up to the interval
 * @param failing failures in a row so far
 */
public record Rhythm(
    Duration interval, Duration confirm, int failures, Duration phase, int failing) {

  /**
   * A slot to come.
   *
   * @param interval time to the slot after it, as planned now
   */
  public record Planned(Slot slot, Duration interval) {}

  /**
   * The rhythm of a probe that is yet to run; equal names yield the same phase on every instance.
   */
  public static Rhythm of(Duration interval, Duration confirm, int failures, String name) {
    // Fibonacci hashing spreads names that differ in one character over the whole interval.
    long hash = (name.hashCode() * 0x9E3779B97F4A7C15L) >>> 1;
    return new Rhythm(
        interval, confirm, failures, Duration.ofMillis(hash % interval.toMillis()), 0);
  }

  /** What a run taught; one that proves nothing changes nothing. */
  public Rhythm after(boolean success) {
    return new Rhythm(interval, confirm, failures, phase, success ? 0 : failing + 1);
  }

  public boolean isConfirming() {
    return failing > 0 && failing < failures && confirm.compareTo(interval) < 0;
  }

  /** The first slot after {@code now}; while confirming, counted from the slot before. */
  public Planned next(Slot last, Instant now) {
    return isConfirming()
        ? new Planned(stepsAfter(last, now), confirm)
        : new Planned(first(now), interval);
  }

  /** The first regular slot after {@code now}. */
  public Slot first(Instant now) {
    long every = interval.toMillis();
    long since = Math.floorMod(now.toEpochMilli() - phase.toMillis(), every);
    return Slot.ofEpochMilli(now.toEpochMilli() - since + every);
  }

  private Slot stepsAfter(Slot last, Instant now) {
    long step = confirm.toMillis();
    long behind = now.toEpochMilli() - last.start().toEpochMilli();
    if (behind < 0 || behind > interval.toMillis() * 2) {
      // The clock was stepped, or the run took long: begin again from here.
      return Slot.ofEpochMilli(now.toEpochMilli() + step);
    }
    return last.plus(Duration.ofMillis((behind / step + 1) * step));
  }
}
