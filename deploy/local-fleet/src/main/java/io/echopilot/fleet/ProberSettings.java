package io.echopilot.fleet;

import java.util.Map;

/** Those of prober-service, one process per location. */
final class ProberSettings implements ServiceSettings {
  private final FleetOptions options;

  ProberSettings(FleetOptions options) {
    this.options = options;
  }

  @Override
  public Map<String, String> of(String name, int number) {
    return Map.of(
        "echopilot.prober.location", "local-" + number,
        "echopilot.prober.references", "127.0.0.1:" + options.ports().of(Port.REFERENCES));
  }
}
