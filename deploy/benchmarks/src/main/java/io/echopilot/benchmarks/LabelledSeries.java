package io.echopilot.benchmarks;

import static java.util.Objects.requireNonNull;

import io.echopilot.events.EventJson;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import tools.jackson.core.type.TypeReference;

/**
 * A series of the Numenta Anomaly Benchmark and where its anomalies are.
 *
 * @param path below {@code data/}
 * @param windows in order of time
 */
record LabelledSeries(String path, List<Point> points, List<Window> windows) {
  /** As in the data, without fractions of a second. */
  private static final int STAMP = 19;

  /**
   * One row.
   *
   * @param stamp as it stands in the file
   * @param at milliseconds since 1970, the stamp taken for UTC
   */
  record Point(String stamp, long at, double value) {}

  /** Rows in which an anomaly may be found, both included. */
  record Window(int first, int last) {}

  /** Those that {@code windows.json} names. */
  static List<LabelledSeries> all(Path home) throws IOException {
    Map<String, List<List<String>>> windows =
        EventJson.mapper()
            .readValue(Files.readString(home.resolve("windows.json")), new TypeReference<>() {});
    List<LabelledSeries> all = new ArrayList<>();
    for (var each : windows.entrySet()) {
      all.add(read(home.resolve("data"), each.getKey(), each.getValue()));
    }
    return all;
  }

  private static LabelledSeries read(Path data, String path, List<List<String>> windows)
      throws IOException {
    List<Point> points = new ArrayList<>();
    Map<String, Integer> rows = new HashMap<>();
    for (String line : Files.readAllLines(data.resolve(path))) {
      String[] cells = line.split(",", 3);
      if (!cells[0].equals("timestamp") && cells.length > 1) {
        String stamp = cells[0].substring(0, STAMP);
        rows.putIfAbsent(stamp, points.size());
        points.add(new Point(stamp, millis(stamp), Double.parseDouble(cells[1])));
      }
    }
    return new LabelledSeries(
        path,
        points,
        windows.stream()
            .map(window -> new Window(row(rows, window.get(0)), row(rows, window.get(1))))
            .toList());
  }

  private static int row(Map<String, Integer> rows, String stamp) {
    return requireNonNull(rows.get(stamp.substring(0, STAMP)), stamp);
  }

  private static long millis(String stamp) {
    return LocalDateTime.parse(stamp.replace(' ', 'T')).toInstant(ZoneOffset.UTC).toEpochMilli();
  }

  /** One row per row, as the benchmark's scorers read it. */
  void write(List<Double> scores, Path file) throws IOException {
    StringBuilder text = new StringBuilder("timestamp,score\n");
    for (int i = 0; i < scores.size(); i++) {
      text.append(points.get(i).stamp()).append(',').append(scores.get(i)).append('\n');
    }
    Files.createDirectories(file.getParent());
    Files.writeString(file, text);
  }
}
