package io.echopilot.fleet;

import io.echopilot.events.EventJson;
import io.echopilot.events.ServiceId;
import io.echopilot.events.SiteId;
import io.echopilot.fleet.broker.BrokerSettings;
import io.echopilot.fleet.demo.DemoConfig;
import io.echopilot.fleet.demo.DemoConfig.EdgeService;
import io.echopilot.fleet.inbox.InboxConfig;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/** Writes what each process of the fleet reads at its start. */
final class FleetFiles {
  static final SiteId PRIMARY = new SiteId("primary");
  static final SiteId FALLBACK = new SiteId("fallback");

  /** Our broker allows less than the six seconds that others insist on. */
  private static final String TAKEOVER = "3s";

  private final FleetOptions options;
  private final FleetHome home;
  private final Ports ports;

  FleetFiles(FleetOptions options) {
    this.options = options;
    this.home = options.home();
    this.ports = options.ports();
  }

  Path broker() {
    Map<String, String> settings =
        BrokerSettings.of(
            ports.of(Port.KAFKA), ports.of(Port.KAFKA_CONTROLLER), home.data().resolve("kafka"));
    return properties("kafka", "kafka", settings);
  }

  Path demo() {
    Map<SiteId, URI> sites = new LinkedHashMap<>();
    sites.put(PRIMARY, local(Port.PRIMARY));
    sites.put(FALLBACK, local(Port.FALLBACK));
    Map<ServiceId, EdgeService> services = new LinkedHashMap<>(options.edgeServices());
    services.put(new ServiceId("demo"), new EdgeService(ports.of(Port.EDGE), sites));
    Map<SiteId, Integer> sitePorts = new LinkedHashMap<>();
    sitePorts.put(PRIMARY, ports.of(Port.PRIMARY));
    sitePorts.put(FALLBACK, ports.of(Port.FALLBACK));
    DemoConfig config =
        new DemoConfig(
            home.data(),
            ports.of(Port.EDGE_CONTROL),
            ports.of(Port.REFERENCES),
            sitePorts,
            services,
            Map.of("k1", Secrets.edgeKey(home)));
    return write(demoFile(home), EventJson.mapper().writeValueAsString(config));
  }

  Path inbox() {
    InboxConfig config =
        new InboxConfig(
            ports.of(Port.INBOX), Secrets.telegramToken(home), Secrets.slackToken(home));
    return write(
        home.config().resolve("inbox.json"), EventJson.mapper().writeValueAsString(config));
  }

  static Path demoFile(FleetHome home) {
    return home.config().resolve("demo.json");
  }

  Path failover(String name, int replica) {
    Map<String, String> settings = service(ports.failover(replica));
    settings.put("echopilot.failover.services", home.services().toString());
    String endpoint = "echopilot.failover.endpoints.demo-edge.";
    settings.put(endpoint + "url", local(Port.EDGE_CONTROL).toString());
    settings.put(endpoint + "key-id", "k1");
    settings.put(endpoint + "key-file", Secrets.edgeKey(home).toString());
    settings.putAll(streams(name, options.failoverReplicas() - 1));
    settings.put("echopilot.security.credentials-file", home.credentials().toString());
    return properties(name, "failover-service", settings);
  }

  Path prober(String name, int location) {
    Map<String, String> settings = service(ports.prober(location));
    settings.put("echopilot.prober.location", "local-" + location);
    settings.put("echopilot.prober.references", "127.0.0.1:" + ports.of(Port.REFERENCES));
    return properties(name, "prober-service", settings);
  }

  Path alert(String name) {
    Map<String, String> settings = service(ports.of(Port.ALERT));
    String slack = "echopilot.alert.slack.";
    settings.put(slack + "url", local(Port.INBOX) + "/slack/api/");
    settings.put(slack + "token-file", Secrets.slackToken(home).toString());
    settings.put(slack + "channel", "C0123456789");
    String telegram = "echopilot.alert.telegram.";
    settings.put(telegram + "url", local(Port.INBOX).toString());
    settings.put(telegram + "token-file", Secrets.telegramToken(home).toString());
    settings.put(telegram + "chat", "-1001234567890");
    settings.putAll(streams(name, 0));
    return properties(name, "alert-service", settings);
  }

  private Map<String, String> streams(String name, int standbys) {
    return Map.of(
        "echopilot.streams.standbys",
        Integer.toString(standbys),
        "echopilot.streams.session-timeout",
        TAKEOVER,
        "echopilot.streams.transaction-timeout",
        TAKEOVER,
        "echopilot.streams.state-dir",
        home.data().resolve("streams/" + name).toString());
  }

  /** Keeps what a person has edited as long as ports and locations stay. */
  void services() {
    String given = options.services();
    if (given != null) {
      write(home.services(), given);
      return;
    }
    Path last = home.config().resolve("services.generated.yaml");
    String generated = demoServices();
    try {
      if (Files.exists(home.services())
          && Files.exists(last)
          && Files.readString(last).equals(generated)) {
        return;
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    write(home.services(), generated);
    write(last, generated);
  }

  private String demoServices() {
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
        traffic: {webhook: {endpoint: demo-edge}}
    """
        .formatted(local(Port.EDGE), locations, local(Port.PRIMARY), local(Port.FALLBACK));
  }

  private Map<String, String> service(int port) {
    Map<String, String> settings = new LinkedHashMap<>();
    settings.put("server.port", Integer.toString(port));
    settings.put("server.address", "127.0.0.1");
    settings.put("spring.kafka.bootstrap-servers", ports.bootstrapServers());
    settings.put("spring.kafka.consumer.properties.session.timeout.ms", "3000");
    return settings;
  }

  private URI local(Port port) {
    return URI.create("http://127.0.0.1:" + ports.of(port));
  }

  private Path properties(String name, String kind, Map<String, String> settings) {
    Map<String, String> all = new LinkedHashMap<>(settings);
    all.putAll(options.properties().getOrDefault(kind, Map.of()));
    all.putAll(options.properties().getOrDefault(name, Map.of()));
    String lines =
        all.entrySet().stream()
            .map(entry -> entry.getKey() + "=" + escaped(entry.getValue()) + "\n")
            .collect(Collectors.joining());
    return write(home.config().resolve(name + ".properties"), lines);
  }

  /** Property files are Latin-1 to those who read them. */
  private static String escaped(String value) {
    return value
        .replace("\\", "\\\\")
        .chars()
        .mapToObj(c -> c < 128 ? Character.toString(c) : "\\u%04x".formatted(c))
        .collect(Collectors.joining());
  }

  private static Path write(Path file, String text) {
    try {
      return Files.writeString(file, text);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
