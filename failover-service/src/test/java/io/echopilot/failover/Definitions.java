package io.echopilot.failover;

import io.echopilot.events.Drift;
import io.echopilot.events.Failback;
import io.echopilot.events.LocationId;
import io.echopilot.events.ProbeCheck;
import io.echopilot.events.ProbeId;
import io.echopilot.events.Quorum;
import io.echopilot.events.ServiceDefinition;
import io.echopilot.events.ServiceDefinition.FailoverPolicy;
import io.echopilot.events.ServiceDefinition.Probe;
import io.echopilot.events.ServiceDefinition.Site;
import io.echopilot.events.ServiceDefinition.Traffic;
import io.echopilot.events.ServiceId;
import io.echopilot.events.SiteId;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Map;

/** Definitions for tests: two sites, one location, three failures, no entrypoint. */
public final class Definitions {
  private Definitions() {}

  public static ServiceDefinition of(String service) {
    return of(service, "edge");
  }

  public static ServiceDefinition of(String service, String endpoint) {
    return new ServiceDefinition(
        new ServiceId(service),
        "team",
        null,
        List.of(new LocationId("here")),
        List.of(site("primary"), site("fallback")),
        List.of(
            new Probe(
                new ProbeId("health"),
                new ProbeCheck("http", Map.of("json", Map.of(), "path", "/health", "status", 200)),
                Duration.ofSeconds(10),
                Duration.ofSeconds(10),
                Duration.ofSeconds(3),
                true)),
        new FailoverPolicy(
            3,
            Duration.ofMinutes(15),
            Quorum.MAJORITY,
            2,
            Duration.ofMinutes(30),
            Duration.ofHours(8),
            Failback.AUTOMATIC,
            Duration.ofHours(1),
            Drift.REASSERT,
            Duration.ofSeconds(5)),
        new Traffic(endpoint));
  }

  private static Site site(String id) {
    return new Site(new SiteId(id), URI.create("http://" + id + ".example.com"));
  }
}
