package io.echopilot.benchmarks;

import io.echopilot.events.EventJson;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * A benchmark's figures, by name with their unit, and ratios of ours to a peer's in the same run.
 */
final class Report {
  private static final double PRECISION = 1_000;

  private final Map<String, Double> figures = new LinkedHashMap<>();
  private final Map<String, Double> ratios = new LinkedHashMap<>();

  Report figure(String name, double value) {
    figures.put(name, rounded(value));
    return this;
  }

  Report ratio(String name, double value) {
    ratios.put(name, rounded(value));
    return this;
  }

  String json(String bench) {
    Map<String, Object> line = new LinkedHashMap<>();
    line.put("bench", bench);
    line.put("figures", figures);
    line.put("ratios", ratios);
    return EventJson.mapper().writeValueAsString(line);
  }

  private static double rounded(double value) {
    return Math.round(value * PRECISION) / PRECISION;
  }
}
