package io.echopilot.fleet;

import java.time.Duration;
import java.util.Locale;

/** What a person wants to know once the fleet is ready. */
final class Summary {
  private Summary() {}

  static String of(LocalFleet fleet, int locations, Duration took) {
    Ports ports = fleet.ports();
    StringBuilder probers = new StringBuilder();
    for (int location = 1; location <= locations; location++) {
      probers.append(
          "  %-18s http://localhost:%d/actuator/health\n"
              .formatted("prober local-" + location, ports.prober(location)));
    }
    return """

    EchoPilot DR is up after %s s.

      users come in at   http://localhost:%d/health
      demo sites         primary http://localhost:%d, fallback http://localhost:%d
      failover-service   http://localhost:%d/api/v1/services
      alerts             http://localhost:%d
    %s  Kafka              %s
      passwords          %s
      logs               %s

    Try      deploy/demo break primary    and watch   curl localhost:%d/health
             deploy/demo heal primary
    """
        .formatted(
            String.format(Locale.ROOT, "%.1f", took.toMillis() / 1000.0),
            ports.of(Port.EDGE),
            ports.of(Port.PRIMARY),
            ports.of(Port.FALLBACK),
            ports.failover(1),
            ports.of(Port.INBOX),
            probers,
            ports.bootstrapServers(),
            fleet.home().credentials(),
            fleet.home().logs(),
            ports.of(Port.EDGE));
  }
}
