package io.echopilot.backup.plan;

import java.time.Duration;

/**
 * When backups of a source are made, and how often a failed one is tried.
 *
 * @param text names the timetable: another text is another timetable, which is planned anew
 * @param attempts of one backup at most, the first included
 * @param firstWait before the second attempt; doubled before each further one
 * @param longestWait between two attempts
 */
public record Schedule(
    String text, Timetable timetable, int attempts, Duration firstWait, Duration longestWait) {
  private static final int MOST_DOUBLINGS = 30;

  /** How long to wait after an attempt, counted from 1, that failed. */
  Duration waitAfter(int attempt) {
    Duration wait = firstWait.multipliedBy(1L << Math.min(attempt - 1, MOST_DOUBLINGS));
    return wait.compareTo(longestWait) > 0 ? longestWait : wait;
  }
}
