package io.echopilot.benchmarks;

import io.echopilot.benchmarks.Bench.Options;
import io.echopilot.benchmarks.LabelledSeries.Point;
import io.echopilot.prober.anomaly.Detector;
import io.echopilot.prober.anomaly.Verdict;
import io.echopilot.prober.anomaly.Verdict.Detected;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Predicate;
import java.util.zip.CRC32;

/**
 * The anomaly detector on the labelled series of the Numenta Anomaly Benchmark, scored by its
 * standard profile at the detector's own threshold, and how many points a core takes.
 */
final class AnomalyScore implements Bench.Benchmark {
  /** What is not an alarm is written below the threshold, how strange it may be. */
  private static final double NO_ALARM = 0.5;

  private static final int PASSES = 5;

  /** A series with what the detector made of it. */
  private record Scored(LabelledSeries series, List<Double> scores) {}

  @Override
  public Report run(Path home, Options options) throws IOException {
    Path data =
        options
            .path("--data")
            .orElseThrow(() ->
                new IllegalArgumentException(
                    "--data must name a folder that holds data/ and windows.json of the Numenta Anomaly Benchmark"));
    Path folder = options.path("--scores").orElse(home.resolveSibling("anomaly-scores"));
    List<Scored> all = new ArrayList<>();
    for (LabelledSeries series : LabelledSeries.all(data)) {
      List<Double> scores = scores(series);
      series.write(scores, folder.resolve(series.path()));
      all.add(new Scored(series, scores));
    }
    System.out.println("Scores are in " + folder);
    for (Scored each : all) {
      System.out.printf(
          "%-55s %s%n",
          each.series().path(), NabScore.of(List.of(each.series()), List.of(each.scores())).line());
    }
    Report report = new Report();
    figures(report, "", all, _ -> true);
    figures(report, "_chosen_half", all, AnomalyScore::isOfChosenHalf);
    figures(report, "_held_out_half", all, series -> !isOfChosenHalf(series));
    return report
        .figure("threshold", Detector.THRESHOLD)
        .figure("bytes_per_series", Detector.BYTES)
        .figure("points_per_s_per_core", speed(all));
  }

  private static void figures(
      Report report, String name, List<Scored> all, Predicate<LabelledSeries> which) {
    List<Scored> some = all.stream().filter(each -> which.test(each.series())).toList();
    NabScore score =
        NabScore.of(
            some.stream().map(Scored::series).toList(), some.stream().map(Scored::scores).toList());
    System.out.printf("%-55s %s%n", some.size() + " series" + name, score.line());
    report
        .figure("score" + name, score.normalised())
        .figure("windows_hit" + name, score.hit())
        .figure("windows" + name, score.windows())
        .figure("false_alarms" + name, score.falseAlarms());
  }

  /** The detector's constants were chosen on these, and on no others. */
  private static boolean isOfChosenHalf(LabelledSeries series) {
    CRC32 crc = new CRC32();
    crc.update(series.path().getBytes(StandardCharsets.UTF_8));
    return crc.getValue() % 2 == 0;
  }

  private static List<Double> scores(LabelledSeries series) {
    Detector detector = new Detector();
    return series.points().stream().map(point -> score(detector, point)).toList();
  }

  private static double score(Detector detector, Point point) {
    Verdict verdict = detector.observe(point.at(), point.value());
    return verdict instanceof Detected alarm
        ? alarm.score()
        : Math.min(verdict.score(), Detector.THRESHOLD) * NO_ALARM;
  }

  /** By the processor time of this one thread; the first pass warms up. */
  private static double speed(List<Scored> all) {
    ThreadMXBean threads = ManagementFactory.getThreadMXBean();
    double best = 0;
    for (int pass = 0; pass < PASSES; pass++) {
      long points = 0;
      long from = threads.getCurrentThreadCpuTime();
      for (Scored each : all) {
        points += scores(each.series()).size();
      }
      best = Math.max(best, points * 1e9 / (threads.getCurrentThreadCpuTime() - from));
    }
    return best;
  }
}
