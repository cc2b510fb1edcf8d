package io.echopilot.systemtests;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.echopilot.events.Event;
import io.echopilot.events.EventCodec;
import io.echopilot.events.EventEnvelope;
import io.echopilot.events.EventJson;
import io.echopilot.events.ServiceId;
import io.echopilot.events.SiteId;
import io.echopilot.events.Topics;
import io.echopilot.fleet.DemoControl;
import io.echopilot.fleet.FleetOptions;
import io.echopilot.fleet.LocalFleet;
import io.echopilot.fleet.Part;
import io.echopilot.fleet.Port;
import io.echopilot.fleet.Ports;
import io.echopilot.fleet.demo.DemoConfig.EdgeService;
import io.echopilot.fleet.postgres.PostgresRole;
import io.echopilot.fleet.process.FleetProcess;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.common.serialization.StringSerializer;
import org.awaitility.Awaitility;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/** A fleet of real processes on ports of its own, and everything that a test sees of it. */
final class World implements AutoCloseable {
  static final Duration PATIENCE = Duration.ofMinutes(2);
  static final String LONELY = "lonely";

  final LocalFleet fleet;
  final EventLog log;
  private final KafkaProducer<String, byte[]> producer;
  private final Ports ports;
  private final HttpClient http = HttpClient.newHttpClient();

  /** What watches and moves traffic, without those who tell, save and show. */
  static World ofSwitching(String name, int failoverReplicas) {
    return new World(
        name, failoverReplicas, Part.BROKER, Part.DEMO, Part.FAILOVER_SERVICE, Part.PROBER_SERVICE);
  }

  static World ofAll(String name) {
    return new World(name, 1, Part.values());
  }

  private World(String name, int failoverReplicas, Part... parts) {
    ports = Ports.free();
    Path home = Path.of("target", "fleets", name).toAbsolutePath();
    // Afresh: a world begins without the events of one before it.
    fleet =
        LocalFleet.startAfresh(
            FleetOptions.in(home, ports)
                .withOnly(parts)
                .withFailoverReplicas(failoverReplicas)
                .withServices(services())
                .withProperty("backup-service", "echopilot.backup.retry.first-wait", "1s")
                .withEdgeServices(Map.of(new ServiceId(LONELY), new EdgeService(null, sites()))));
    log = new EventLog(ports.bootstrapServers());
    producer =
        new KafkaProducer<>(
            Map.of("bootstrap.servers", ports.bootstrapServers()),
            new StringSerializer(),
            new ByteArraySerializer());
  }

  private Map<SiteId, URI> sites() {
    Map<SiteId, URI> sites = new LinkedHashMap<>();
    sites.put(new SiteId("primary"), local(Port.PRIMARY, ""));
    sites.put(new SiteId("fallback"), local(Port.FALLBACK, ""));
    return sites;
  }

  /** {@code demo} votes with the one location that runs; {@code lonely} lists two that don't. */
  String services() {
    return "services:\n"
        + service(
            "demo",
            "local-1",
            "500ms",
            """
            entrypoint: {url: "%s", siteFrom: {json: $.site}, interval: 500ms, timeout: 1s}
                slos: [{id: availability, objective: 50}]\
            """
                .formatted(local(Port.EDGE, "/health")))
        + service(LONELY, "local-1, local-2, local-3", "2s", "owner: nobody");
  }

  private String service(String id, String locations, String interval, String more) {
    return """
      - id: %s
        %s
        locations: [%s]
        sites:
          - {id: primary, url: "%s"}
          - {id: fallback, url: "%s"}
        probes:
          - {id: health, http: {path: /health, expect: {json: {"$.status": ok}}}, interval: %s, timeout: 1s}
        failover: {failures: 3, failbackAfter: 2s, failbackCap: 2s, observe: 1s}
        traffic: {webhook: {endpoint: demo-edge}}
    """
        .formatted(
            id, more, locations, local(Port.PRIMARY, ""), local(Port.FALLBACK, ""), interval);
  }

  URI local(Port port, String path) {
    return URI.create("http://127.0.0.1:" + ports.of(port) + path);
  }

  // What a test does to the world.

  void mode(String site, String mode) {
    new DemoControl(ports.of(Port.EDGE_CONTROL)).mode(site, mode);
  }

  void holdNextWrite() {
    post("/demo/hold?count=1");
  }

  void release() {
    post("/demo/release");
  }

  /** Tells the inbox to make trouble: {@code fail}, {@code hold} or {@code release}. */
  void inbox(String order, String channel, String more) {
    request(
        local(Port.INBOX, "/inbox/%s?channel=%s%s".formatted(order, channel, more)), "POST", null);
  }

  /** What a channel shows of incidents since a moment, oldest first. */
  List<JsonNode> shown(String channel, Instant since) {
    List<JsonNode> shown = new ArrayList<>();
    json(request(local(Port.INBOX, "/api/messages"), "GET", null)).forEach(shown::addFirst);
    shown.removeIf(message ->
        !message.path("channel").asString().equals(channel)
            || Instant.parse(message.path("at").asString()).isBefore(since));
    return shown;
  }

  /** Waits until a message of a channel since a moment says this. */
  void awaitShown(String channel, Instant since, String text) {
    await(
        channel + " shows " + text,
        () ->
            shown(channel, since).stream()
                .anyMatch(message -> message.path("text").asString().contains(text)));
  }

  int held() {
    return json(request(local(Port.EDGE_CONTROL, "/demo/held"), "GET", null)).path("count").asInt();
  }

  private void post(String path) {
    request(local(Port.EDGE_CONTROL, path), "POST", null);
  }

  void produce(String topic, String key, byte[] value, Map<String, String> headers) {
    ProducerRecord<String, byte[]> record = new ProducerRecord<>(topic, key, value);
    headers.forEach((name, text) -> record.headers().add(name, text.getBytes(UTF_8)));
    var _ = producer.send(record);
  }

  /** Publishes an event as its own service would. */
  void publish(Event event) {
    RecordHeaders headers = new RecordHeaders();
    byte[] value =
        EventCodec.encode(
            new EventEnvelope<>(UUID.randomUUID().toString(), "/test", Instant.now(), null, event),
            headers);
    Map<String, String> texts = new LinkedHashMap<>();
    headers.forEach(header -> texts.put(header.key(), new String(header.value(), UTF_8)));
    produce(Topics.of(event).name(), event.subject(), value, texts);
  }

  void writeServices(String yaml) {
    try {
      Files.writeString(servicesFile(), yaml);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  void deleteServices() {
    try {
      Files.delete(servicesFile());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private Path servicesFile() {
    return fleet.home().folder().resolve("config/services.yaml");
  }

  // What a test sees of it.

  /** Where users are served. */
  String serving() {
    return json(request(local(Port.EDGE, "/health"), "GET", null)).path("site").asString("");
  }

  void awaitServing(String site) {
    await("served by " + site, () -> serving().equals(site));
  }

  /** The edge's own log of writes for a service, as {@code site epoch outcome}. */
  List<String> writes(String service) {
    List<String> writes = new ArrayList<>();
    json(request(local(Port.EDGE_CONTROL, "/demo/writes"), "GET", null))
        .forEach(line -> {
          if (line.path("service").asString("").equals(service)) {
            writes.add(
                "%s %d.%d %s"
                    .formatted(
                        line.path("site").asString(""),
                        line.path("epoch").path("generation").asInt(),
                        line.path("epoch").path("counter").asInt(),
                        line.path("outcome").asString("")));
          }
        });
    return writes;
  }

  String phase(String service) {
    return json(api("/api/v1/services/" + service)).path("phase").asString("");
  }

  String api(String path) {
    return request(URI.create("http://127.0.0.1:" + ports.failover(1) + path), "GET", "viewer");
  }

  /** What alert-service answers. */
  String alerts(String method, String path, String user) {
    return request(local(Port.ALERT, path), method, user);
  }

  /** Everything healed, traffic on the primary and watched to the end: the next test may begin. */
  void settle() {
    mode("references", "ok");
    mode("primary", "ok");
    mode("fallback", "ok");
    int mark = log.mark();
    // Both at once: while the results come in, a starved machine may cast doubt on a site again.
    await(
        "demo steady and well",
        () ->
            log.isWell(mark, "primary")
                && log.isWell(mark, "fallback")
                && phase("demo").equals("steady")
                && serving().equals("primary"));
  }

  /** Tells what a query of the fleet's database {@code demo} yields, a line per row. */
  List<String> sql(String query) {
    List<String> lines = new ArrayList<>();
    try (Connection connection = database(PostgresRole.SUPERUSER);
        Statement statement = connection.createStatement();
        ResultSet rows = statement.executeQuery(query)) {
      while (rows.next()) {
        lines.add(String.valueOf((Object) rows.getString(1)));
      }
      return lines;
    } catch (SQLException e) {
      throw new IllegalStateException(query, e);
    }
  }

  /** A session of the database {@code demo}. */
  Connection database(PostgresRole role) throws SQLException {
    try {
      return DriverManager.getConnection(
          "jdbc:postgresql://127.0.0.1:%d/demo".formatted(ports.of(Port.POSTGRES)),
          role.login(),
          Files.readString(fleet.home().secrets().resolve(role.passwordFile())).strip());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** The replica that was the one to send the last request, by its own word. */
  FleetProcess lastActuator() {
    return fleet.processes().stream()
        .filter(process -> process.name().startsWith("failover-service"))
        .max(java.util.Comparator.comparingLong(World::lastSending))
        .orElseThrow();
  }

  private static long lastSending(FleetProcess process) {
    try (var lines = Files.lines(process.log())) {
      return lines
          .filter(line -> line.contains("Sending demo to"))
          .map(line -> Instant.parse(line.substring(0, line.indexOf(' '))).toEpochMilli())
          .reduce(0L, Math::max);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  static void await(String what, java.util.concurrent.Callable<Boolean> condition) {
    Awaitility.await(what)
        .atMost(PATIENCE)
        .pollInterval(Duration.ofMillis(50))
        .ignoreExceptionsMatching(e -> e instanceof UncheckedIOException)
        .until(condition);
  }

  private static JsonNode json(String text) {
    return EventJson.mapper().readTree(text);
  }

  private String request(URI uri, String method, @Nullable String user) {
    HttpRequest.Builder request =
        HttpRequest.newBuilder(uri)
            .timeout(Duration.ofSeconds(10))
            .method(method, HttpRequest.BodyPublishers.noBody());
    if (user != null) {
      String login = user + ":" + password(user);
      request.header(
          "Authorization", "Basic " + Base64.getEncoder().encodeToString(login.getBytes(UTF_8)));
    }
    try {
      return http.send(request.build(), HttpResponse.BodyHandlers.ofString()).body();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException(e);
    }
  }

  String password(String user) {
    try (var lines = Files.lines(fleet.home().folder().resolve("credentials.properties"))) {
      return lines
          .filter(line -> line.startsWith(user + "="))
          .map(line -> line.substring(user.length() + 1))
          .findFirst()
          .orElseThrow();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Override
  public void close() {
    log.close();
    producer.close();
    http.close();
    fleet.stop();
  }
}
