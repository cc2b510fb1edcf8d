package io.echopilot.benchmarks;

import io.echopilot.fleet.Port;
import io.echopilot.fleet.Ports;
import java.time.Clock;
import java.time.Duration;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/** What the benchmarks share that break a site again and again. */
final class Outages {
  private final Clock clock;

  Outages(Clock clock) {
    this.clock = clock;
  }

  /** Long enough for all to have seen the primary healthy, then the round's share of a second. */
  void settle(int round, int rounds) {
    long phase = 1_000L * round / rounds;
    long now = clock.millis();
    long at = (now / 1_000 + 4) * 1_000 + phase;
    Pauses.until(System.nanoTime() + Duration.ofMillis(at - now).toNanos());
  }

  /** The demo, probed each second, three failures, and soon back. */
  static String services(Ports ports, String confirm, int locations) {
    String listed =
        IntStream.rangeClosed(1, locations)
            .mapToObj(number -> "local-" + number)
            .collect(Collectors.joining(", "));
    return """
    services:
      - id: demo
        entrypoint: {url: "http://127.0.0.1:%d/health", siteFrom: {json: $.site}, interval: 1s, timeout: 1s}
        locations: [%s]
        sites:
          - {id: primary, url: "http://127.0.0.1:%d"}
          - {id: fallback, url: "http://127.0.0.1:%d"}
        probes:
          - {id: health, http: {path: /health, expect: {json: {"$.status": ok}}}, interval: 1s, confirm: %s, timeout: 1s}
        failover: {failures: 3, failbackAfter: 1s, failbackCap: 1s, observe: 1s}
        traffic: {webhook: {endpoint: demo-edge}}
    """
        .formatted(
            ports.of(Port.EDGE), listed, ports.of(Port.PRIMARY), ports.of(Port.FALLBACK), confirm);
  }
}
