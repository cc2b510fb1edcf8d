package io.echopilot.fleet;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/** The file that says which services are protected. */
final class ServicesFile {
  private final FleetOptions options;

  ServicesFile(FleetOptions options) {
    this.options = options;
  }

  /** Keeps what a person has edited as long as ports and locations stay. */
  void write() {
    FleetHome home = options.home();
    String given = options.services();
    if (given != null) {
      FleetFiles.write(home.services(), given);
      return;
    }
    Path last = home.config().resolve("services.generated.yaml");
    String generated = demo();
    try {
      if (Files.exists(home.services())
          && Files.exists(last)
          && Files.readString(last).equals(generated)) {
        return;
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    FleetFiles.write(home.services(), generated);
    FleetFiles.write(last, generated);
  }

  private String demo() {
    Ports ports = options.ports();
    String locations =
        IntStream.rangeClosed(1, options.locations())
            .mapToObj(number -> "local-" + number)
            .collect(Collectors.joining(", "));
    return """
    services:
      - id: demo
        owner: you
        entrypoint: {url: "%s/health", siteFrom: {json: $.site}, interval: 1s, timeout: 1s}
        locations: [%s]
        sites:
          - {id: primary, url: "%s"}
          - {id: fallback, url: "%s"}
        probes:
          - {id: health, http: {path: /health, expect: {status: 200, json: {"$.status": ok}}}, interval: 1s, timeout: 1s}
        failover: {failures: 3, window: 15m, locations: majority, fallbackSuccesses: 2, failbackAfter: 20s, failbackCap: 20s, failback: automatic, observe: 20s}
        slos:
          - {id: availability, objective: 99.9}
          - {id: latency, objective: 99, under: 800ms}
        traffic: {webhook: {endpoint: demo-edge}}
    """
        .formatted(
            ports.local(Port.EDGE),
            locations,
            ports.local(Port.PRIMARY),
            ports.local(Port.FALLBACK));
  }
}
