package io.echopilot.failover.decision;

import io.echopilot.events.Slot;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The newest results of one probe of one site from one location, in slot order. A late result takes
 * its place, a repeated one changes nothing, a missing slot neither extends nor ends a streak.
 *
 * @param observations oldest first, one per slot
 * @param healthySince first success after the last failure that its next result confirmed, or after
 *     the last gap; null when there is none
 * @param doubt why the newest result was not counted; null when it was
 */
public record Track(
    List<Observation> observations, @Nullable Instant healthySince, @Nullable String doubt) {
  public static final Track EMPTY = new Track(List.of(), null, null);

  /** Room for results that come late, beyond those that a streak needs. */
  private static final int LATE = 4;

  public Track {
    observations = List.copyOf(observations);
  }

  /**
   * Adds a result that counts.
   *
   * @param needed the longest streak that anybody will ask for
   */
  Track with(Observation added, int needed, Duration timeout) {
    int place = place(added.slot(), needed + LATE);
    if (place < 0) {
      return doubt == null ? this : new Track(observations, healthySince, null);
    }
    List<Observation> all = new ArrayList<>(observations);
    all.add(place, added);
    Instant since = healthySince(all, timeout);
    int surplus = Math.max(0, all.size() - needed - LATE);
    return new Track(all.subList(surplus, all.size()), since, null);
  }

  Track doubting(String reason) {
    return reason.equals(doubt) ? this : new Track(observations, healthySince, reason);
  }

  /** Where a slot belongs; -1 when it is there already or older than all that is kept. */
  private int place(Slot slot, int capacity) {
    int place = observations.size();
    while (place > 0 && slot.isBefore(observations.get(place - 1).slot())) {
      place--;
    }
    boolean repeated = place > 0 && observations.get(place - 1).slot().equals(slot);
    boolean tooOld = place == 0 && observations.size() >= capacity;
    return repeated || tooOld ? -1 : place;
  }

  private @Nullable Instant healthySince(List<Observation> all, Duration timeout) {
    int restart = lastRestart(all, timeout);
    if (restart == 0 && healthySince != null) {
      return healthySince;
    }
    return all.subList(restart, all.size()).stream()
        .filter(Observation::success)
        .map(observation -> observation.slot().start())
        .findFirst()
        .orElse(null);
  }

  /**
   * Index after the newest confirmed failure, or of the result that ended the newest gap; else 0.
   */
  private static int lastRestart(List<Observation> all, Duration timeout) {
    for (int i = all.size() - 1; i > 0; i--) {
      Observation before = all.get(i - 1);
      if (!all.get(i).success() && !before.success()) {
        return i + 1;
      }
      if (isStaleAt(before, all.get(i).slot().start(), timeout)) {
        return i;
      }
    }
    return 0;
  }

  Optional<Observation> newest() {
    return observations.isEmpty() ? Optional.empty() : Optional.of(observations.getLast());
  }

  /** Whether the newest result is at most two intervals and a time-out old. */
  boolean isFreshAt(Instant now, Duration timeout) {
    return !observations.isEmpty() && !isStaleAt(observations.getLast(), now, timeout);
  }

  /** When the newest result becomes stale. */
  Optional<Instant> staleAfter(Duration timeout) {
    return newest().map(newest -> freshUntil(newest, timeout));
  }

  static boolean isStaleAt(Observation observation, Instant now, Duration timeout) {
    return now.isAfter(freshUntil(observation, timeout));
  }

  /**
   * Asked of every track at every input: {@link Duration#multipliedBy} would reckon in decimals.
   */
  private static Instant freshUntil(Observation observation, Duration timeout) {
    Duration interval = observation.interval();
    return observation.slot().start().plus(interval).plus(interval).plus(timeout);
  }

  int failuresInARow() {
    return streak(false);
  }

  int successesInARow() {
    return streak(true);
  }

  /** Whether the newest {@code failures} results failed within {@code window}, edge included. */
  boolean isDown(int failures, Duration window) {
    if (failuresInARow() < failures) {
      return false;
    }
    Slot first = observations.get(observations.size() - failures).slot();
    Slot last = observations.getLast().slot();
    return Duration.between(first.start(), last.start()).compareTo(window) <= 0;
  }

  private int streak(boolean success) {
    int length = 0;
    while (length < observations.size()
        && observations.get(observations.size() - 1 - length).success() == success) {
      length++;
    }
    return length;
  }
}
