package io.echopilot.fleet;

import java.util.LinkedHashMap;
import java.util.Map;

/** Those of failover-service, with the definitions of what it protects. */
final class FailoverSettings implements ServiceSettings {
  private final FleetOptions options;

  FailoverSettings(FleetOptions options) {
    this.options = options;
  }

  @Override
  public Map<String, String> of(String name, int number) {
    FleetHome home = options.home();
    new ServicesFile(options).write();
    Map<String, String> settings = new LinkedHashMap<>();
    settings.put("echopilot.failover.services", home.services().toString());
    String endpoint = "echopilot.failover.endpoints.demo-edge.";
    settings.put(endpoint + "url", options.ports().local(Port.EDGE_CONTROL).toString());
    settings.put(endpoint + "key-id", "k1");
    settings.put(endpoint + "key-file", Secrets.edgeKey(home).toString());
    settings.putAll(ServiceSettings.streams(home, name, options.failoverReplicas() - 1));
    settings.put("echopilot.security.credentials-file", home.credentials().toString());
    return settings;
  }
}
