package io.echopilot.failover.decision;

import io.echopilot.events.RecordPosition;
import io.echopilot.events.SiteId;

/**
 * A burning budget or an anomaly of a site: it stands in the evidence and moves nothing.
 *
 * @param key what it is about, so that its end finds it
 */
public record Note(SiteId site, String key, String sentence, RecordPosition position) {
  private static final String ANOMALY = "anomaly/";

  static String anomalyKey(String series) {
    return ANOMALY + series;
  }

  boolean isAnomaly() {
    return key.startsWith(ANOMALY);
  }
}
