package io.echopilot.prober.slo;

/**
 * What was counted over some time.
 *
 * @param bad seconds, or things, that were bad; at least 0
 * @param seen seconds, or things, that were looked at; at least 0
 * @param failures results that were bad; at least 0
 */
record Sum(double bad, double seen, long failures) {
  static final Sum NOTHING = new Sum(0, 0, 0);
}
