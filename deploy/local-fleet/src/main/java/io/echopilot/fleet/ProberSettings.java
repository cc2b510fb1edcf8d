package io.echopilot.fleet;

import java.util.LinkedHashMap;
import java.util.Map;

/** Those of prober-service, one process per location. */
final class ProberSettings implements ServiceSettings {
  private final FleetOptions options;

  ProberSettings(FleetOptions options) {
    this.options = options;
  }

  @Override
  public Map<String, String> of(String name, int number) {
    Map<String, String> settings = new LinkedHashMap<>();
    settings.put("echopilot.prober.location", "local-" + number);
    settings.put("echopilot.prober.references", "127.0.0.1:" + options.ports().of(Port.REFERENCES));
    settings.putAll(ServiceSettings.streams(options.home(), name, 0));
    return settings;
  }
}
