package io.echopilot.failover.traffic;

import java.util.Map;
import java.util.Optional;

/** The adapters by the names that definitions use. */
public final class TrafficAdapters {
  private final Map<String, TrafficAdapter> byName;

  TrafficAdapters(Map<String, TrafficAdapter> byName) {
    this.byName = Map.copyOf(byName);
  }

  public Optional<TrafficAdapter> named(String endpoint) {
    return Optional.ofNullable(byName.get(endpoint));
  }
}
