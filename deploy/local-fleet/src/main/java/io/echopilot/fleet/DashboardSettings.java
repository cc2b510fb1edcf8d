package io.echopilot.fleet;

import java.util.LinkedHashMap;
import java.util.Map;

/** Those of dashboard-service; a person who watches the demo wants more than a dot a minute. */
final class DashboardSettings implements ServiceSettings {
  private final FleetOptions options;

  DashboardSettings(FleetOptions options) {
    this.options = options;
  }

  @Override
  public Map<String, String> of(String name, int number) {
    Map<String, String> settings = new LinkedHashMap<>();
    settings.put("echopilot.dashboard.span", "5s");
    settings.put("echopilot.security.credentials-file", options.home().credentials().toString());
    settings.putAll(ServiceSettings.streams(options.home(), name, 0));
    return settings;
  }
}
