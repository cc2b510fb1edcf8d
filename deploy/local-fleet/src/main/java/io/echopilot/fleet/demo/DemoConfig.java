package io.echopilot.fleet.demo;

import io.echopilot.events.ServiceId;
import io.echopilot.events.SiteId;
import java.net.URI;
import java.nio.file.Path;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What the demo process runs; the launcher writes it as a JSON file.
 *
 * @param data folder of the routes and of the write log
 * @param controlPort where the edge takes its orders
 * @param referencesPort the prober's own reference address
 * @param sites the demo sites to run, with their ports
 * @param services what the edge serves
 * @param keyFiles the webhook contract's keys by key id, one secret per file
 */
public record DemoConfig(
    Path data,
    int controlPort,
    int referencesPort,
    Map<SiteId, Integer> sites,
    Map<ServiceId, EdgeService> services,
    Map<String, Path> keyFiles) {

  /**
   * A service at the edge.
   *
   * @param port where its users come in; null when nobody does and only its route is of interest
   * @param sites where each site listens; the first is the route before the first switch
   */
  public record EdgeService(@Nullable Integer port, Map<SiteId, URI> sites) {
    public EdgeService {
      if (sites.isEmpty()) {
        throw new IllegalArgumentException("a service at the edge needs a site");
      }
    }

    SiteId first() {
      return sites.keySet().iterator().next();
    }
  }
}
