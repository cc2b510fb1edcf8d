package io.echopilot.prober.anomaly;

import io.echopilot.events.AnomalyKind;

/** What the detector makes of a value. */
public sealed interface Verdict {
  /**
   * How strange it is, in powers of ten of rarity: zero is usual, an alarm is at least {@link
   * Detector#THRESHOLD}.
   */
  double score();

  /** Nothing to tell. */
  record Usual(double score) implements Verdict {}

  /**
   * An anomaly begins.
   *
   * @param low the least value that would have been expected
   * @param high the largest
   * @param value the one that was seen; with a silence for want of values, the last one
   */
  record Detected(double score, AnomalyKind kind, double low, double high, double value)
      implements Verdict {}

  /** The anomaly that was told of is over. */
  record Cleared(double score) implements Verdict {}
}
