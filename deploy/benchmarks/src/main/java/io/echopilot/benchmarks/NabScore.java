package io.echopilot.benchmarks;

import io.echopilot.benchmarks.LabelledSeries.Window;
import io.echopilot.prober.anomaly.Detector;
import java.util.Arrays;
import java.util.List;

/**
 * The score of the Numenta Anomaly Benchmark, standard profile (Lavin and Ahmad, 2015, "Evaluating
 * Real-Time Anomaly Detection Algorithms"): the first alarm in a window earns up to one, the sooner
 * the more; a window without one costs one; an alarm elsewhere costs up to 0.11.
 *
 * @param earned of all series together
 * @param windows that there are
 * @param hit windows with an alarm
 * @param falseAlarms alarms outside of windows
 */
record NabScore(double earned, int windows, int hit, int falseAlarms) {
  private static final double FALSE_ALARM = 0.11;
  private static final double PROBATION = 0.15;
  private static final int LONGEST_PROBATION = 750;
  private static final int FLAT = 3;
  private static final int STEEPNESS = 5;
  private static final double MOST = sigmoid(-1);

  static NabScore of(List<LabelledSeries> series, List<List<Double>> scores) {
    NabScore sum = new NabScore(0, 0, 0, 0);
    for (int i = 0; i < series.size(); i++) {
      sum = sum.plus(of(series.get(i), scores.get(i)));
    }
    return sum;
  }

  private static NabScore of(LabelledSeries series, List<Double> scores) {
    List<Window> windows = series.windows();
    double[] best = new double[windows.size()];
    Arrays.fill(best, -1);
    double cost = 0;
    int falseAlarms = 0;
    int begin = (int) Math.min(PROBATION * scores.size(), LONGEST_PROBATION);
    for (int row = begin; row < scores.size(); row++) {
      if (scores.get(row) < Detector.THRESHOLD) {
        continue;
      }
      int window = lastBegun(windows, row);
      if (window >= 0 && row <= windows.get(window).last()) {
        best[window] = Math.max(best[window], worth(windows.get(window), row) / MOST);
      } else {
        falseAlarms++;
        cost += FALSE_ALARM * (window < 0 ? -1 : worthAfter(windows.get(window), row));
      }
    }
    int hit = (int) Arrays.stream(best).filter(worth -> worth > -1).count();
    return new NabScore(Arrays.stream(best).sum() + cost, windows.size(), hit, falseAlarms);
  }

  private static int lastBegun(List<Window> windows, int row) {
    int last = -1;
    while (last + 1 < windows.size() && windows.get(last + 1).first() <= row) {
      last++;
    }
    return last;
  }

  private static double worth(Window window, int row) {
    return sigmoid(-(double) (window.last() - row + 1) / (window.last() - window.first() + 1));
  }

  private static double worthAfter(Window window, int row) {
    return sigmoid((double) (row - window.last()) / Math.max(1, window.last() - window.first()));
  }

  private static double sigmoid(double x) {
    return x > FLAT ? -1 : 2 / (1 + Math.exp(STEEPNESS * x)) - 1;
  }

  private NabScore plus(NabScore other) {
    return new NabScore(
        earned + other.earned,
        windows + other.windows,
        hit + other.hit,
        falseAlarms + other.falseAlarms);
  }

  /** A detector that never says anything has 0, a perfect one 100. */
  double normalised() {
    return windows == 0 ? 0 : 100 * (earned + windows) / (2 * windows);
  }

  String line() {
    return "windows %d of %d, false alarms %d%s"
        .formatted(
            hit, windows, falseAlarms, windows == 0 ? "" : ", score %.1f".formatted(normalised()));
  }
}
