package io.echopilot.benchmarks;

import java.util.Collection;
import java.util.List;
import java.util.Locale;

/**
 * Measured values.
 *
 * @param sorted in milliseconds, ascending
 */
record Sample(List<Double> sorted) {
  Sample {
    sorted = sorted.stream().sorted().toList();
  }

  static Sample ofNanos(Collection<Long> nanos) {
    return new Sample(nanos.stream().map(each -> each / 1e6).toList());
  }

  static Sample of(Collection<Double> millis) {
    return new Sample(List.copyOf(millis));
  }

  /** Nearest-rank percentile, {@code p} from 0 to 100. */
  double percentile(double p) {
    if (sorted.isEmpty()) {
      throw new IllegalStateException("nothing was measured");
    }
    int rank = (int) Math.ceil(p / 100 * sorted.size());
    return sorted.get(Math.max(0, rank - 1));
  }

  double median() {
    return percentile(50);
  }

  double least() {
    return percentile(0);
  }

  double most() {
    return percentile(100);
  }

  int size() {
    return sorted.size();
  }

  String line() {
    return String.format(
        Locale.ROOT,
        "n=%d least=%.1f p50=%.1f p90=%.1f p99=%.1f most=%.1f ms",
        size(),
        least(),
        median(),
        percentile(90),
        percentile(99),
        most());
  }
}
