package io.echopilot.systemtests;

import static java.nio.charset.StandardCharsets.UTF_8;
import static java.util.Objects.requireNonNull;

import io.echopilot.events.Event;
import io.echopilot.events.EventCodec;
import io.echopilot.events.EventCodec.Decoded;
import io.echopilot.events.EventEnvelope;
import io.echopilot.events.EventJson;
import io.echopilot.events.FailoverEvent;
import io.echopilot.events.Outcome;
import io.echopilot.events.ProbeEvent.ProbeCompleted;
import io.echopilot.events.ServiceId;
import io.echopilot.events.SiteId;
import io.echopilot.events.TopicNames;
import io.echopilot.events.Topics;
import io.echopilot.events.TrafficResult;
import io.echopilot.events.TrafficResult.RouteObserved;
import io.echopilot.events.TrafficResult.RouteUnreadable;
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
import java.util.function.Predicate;
import java.util.stream.Stream;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.common.serialization.StringDeserializer;
import org.apache.kafka.common.serialization.StringSerializer;
import org.awaitility.Awaitility;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/** A fleet of real processes on ports of its own, and everything that a test sees of it. */
final class World implements AutoCloseable {
  static final Duration PATIENCE = Duration.ofMinutes(2);
  private static final int STREAK = 5;
  static final String LONELY = "lonely";

  final LocalFleet fleet;
  private final Ports ports;
  private final HttpClient http = HttpClient.newHttpClient();
  private final KafkaConsumer<String, byte[]> consumer;
  private final List<Seen> records = new ArrayList<>();

  /** A record and what it tells, if it tells anything. */
  private record Seen(ConsumerRecord<String, byte[]> record, @Nullable Event event) {}

  /** What watches and moves traffic, without those who tell, save and show. */
  static World ofSwitching(String name, int failoverReplicas) {
    return switchingAnd(name, failoverReplicas);
  }

  /** What watches, moves traffic and tells people; with PostgreSQL for the history. */
  static World ofTelling(String name) {
    return switchingAnd(name, 1, Part.POSTGRES, Part.ALERT_SERVICE);
  }

  /** What watches, moves traffic and saves the data. */
  static World ofSaving(String name) {
    return switchingAnd(name, 1, Part.POSTGRES, Part.BACKUP_SERVICE);
  }

  private static World switchingAnd(String name, int failoverReplicas, Part... more) {
    return new World(
        name,
        failoverReplicas,
        Stream.concat(
                Stream.of(Part.BROKER, Part.DEMO, Part.FAILOVER_SERVICE, Part.PROBER_SERVICE),
                Stream.of(more))
            .toArray(Part[]::new));
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
    consumer =
        new KafkaConsumer<>(
            Map.of(
                "bootstrap.servers",
                ports.bootstrapServers(),
                "group.id",
                UUID.randomUUID().toString(),
                "auto.offset.reset",
                "earliest",
                "isolation.level",
                "read_committed"),
            new StringDeserializer(),
            new ByteArrayDeserializer());
    consumer.subscribe(
        Topics.all().stream()
            // The timeline repeats what the others hold.
            .filter(topic -> !topic.name().equals(TopicNames.TIMELINE))
            .flatMap(topic -> java.util.stream.Stream.of(topic.name(), topic.deadLetters()))
            .toList());
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
    try (KafkaProducer<String, byte[]> producer =
        new KafkaProducer<>(
            Map.of("bootstrap.servers", ports.bootstrapServers()),
            new StringSerializer(),
            new ByteArraySerializer())) {
      ProducerRecord<String, byte[]> record = new ProducerRecord<>(topic, key, value);
      headers.forEach((name, text) -> record.headers().add(name, text.getBytes(UTF_8)));
      var _ = producer.send(record);
    }
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

  /** All events of a family, from the beginning. */
  <T extends Event> List<T> events(Class<T> family) {
    mark();
    return records.stream().map(Seen::event).filter(family::isInstance).map(family::cast).toList();
  }

  /** Everything healed, traffic on the primary and watched to the end: the next test may begin. */
  void settle() {
    mode("references", "ok");
    mode("primary", "ok");
    mode("fallback", "ok");
    int mark = mark();
    // Both at once: while the results come in, a starved machine may cast doubt on a site again.
    await(
        "demo steady and well",
        () ->
            isWell(mark, "primary")
                && isWell(mark, "fallback")
                && phase("demo").equals("steady")
                && serving().equals("primary"));
  }

  /** Whether the last results of a site since a mark are successes: a cold fleet may be slow. */
  private boolean isWell(int mark, String site) {
    poll();
    List<ProbeCompleted> seen =
        records.subList(mark, records.size()).stream()
            .map(Seen::event)
            .filter(ProbeCompleted.class::isInstance)
            .map(ProbeCompleted.class::cast)
            .filter(run -> run.service().value().equals("demo"))
            .filter(run -> run.site().value().equals(site))
            .toList();
    return seen.size() >= STREAK
        && seen.subList(seen.size() - STREAK, seen.size()).stream()
            .allMatch(run -> run.run().outcome() == Outcome.SUCCESS);
  }

  /** The events of a service since a mark, in order. */
  List<FailoverEvent> failovers(String service, int mark) {
    poll();
    return records.subList(mark, records.size()).stream()
        .map(Seen::event)
        .filter(FailoverEvent.class::isInstance)
        .map(FailoverEvent.class::cast)
        .filter(event -> event.service().value().equals(service))
        .toList();
  }

  List<String> names(String service, int mark) {
    return failovers(service, mark).stream()
        .map(event -> event.getClass().getSimpleName())
        .toList();
  }

  /** Reads all that there is; events after it are a test's own. */
  int mark() {
    await(
        "partitions assigned",
        () -> {
          poll();
          return !consumer.assignment().isEmpty();
        });
    Map<TopicPartition, Long> ends = consumer.endOffsets(consumer.assignment());
    await(
        "all read",
        () -> {
          poll();
          return ends.entrySet().stream()
              .allMatch(end -> consumer.position(end.getKey()) >= end.getValue());
        });
    return records.size();
  }

  <T extends FailoverEvent> T await(String service, int mark, Class<T> type) {
    await(
        service + " " + type.getSimpleName(),
        () -> failovers(service, mark).stream().anyMatch(type::isInstance));
    return failovers(service, mark).stream()
        .filter(type::isInstance)
        .map(type::cast)
        .findFirst()
        .orElseThrow();
  }

  <T extends FailoverEvent> long count(String service, int mark, Class<T> type) {
    return failovers(service, mark).stream().filter(type::isInstance).count();
  }

  boolean any(int mark, Predicate<Event> what) {
    return count(mark, what) > 0;
  }

  /** The first event of its kind that fits. */
  <E extends Event> E await(int mark, Class<E> type, Predicate<E> what) {
    await(
        type.getSimpleName(),
        () -> any(mark, event -> type.isInstance(event) && what.test(type.cast(event))));
    return records.subList(mark, records.size()).stream()
        .map(Seen::event)
        .filter(type::isInstance)
        .map(type::cast)
        .filter(what)
        .findFirst()
        .orElseThrow();
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

  /** What actuators said of their writes since a mark; readings of the route are no such word. */
  long switchResults(int mark) {
    return count(
        mark,
        event ->
            event instanceof TrafficResult
                && !(event instanceof RouteObserved)
                && !(event instanceof RouteUnreadable));
  }

  private long count(int mark, Predicate<Event> what) {
    poll();
    return records.subList(mark, records.size()).stream()
        .map(Seen::event)
        .filter(event -> event != null && what.test(event))
        .count();
  }

  /** Whether a result of the primary with this outcome came since a mark, of a run after a time. */
  boolean primarySeen(int mark, Outcome outcome, Instant after) {
    return any(
        mark,
        event ->
            event instanceof ProbeCompleted seen
                && seen.service().value().equals("demo")
                && seen.site().value().equals("primary")
                && seen.run().outcome() == outcome
                && seen.run().startedAt().isAfter(after));
  }

  /** Returns once failover-service has committed all results that stand there now. */
  void awaitDecided() {
    try (Admin admin =
        Admin.create(Map.<String, Object>of("bootstrap.servers", ports.bootstrapServers()))) {
      Map<TopicPartition, Long> ends =
          consumer.endOffsets(
              consumer.assignment().stream()
                  .filter(partition -> partition.topic().equals(TopicNames.PROBE_RESULTS))
                  .toList());
      await(
          "all results decided on",
          () -> {
            Map<TopicPartition, OffsetAndMetadata> committed =
                admin
                    .listConsumerGroupOffsets("failover-service")
                    .partitionsToOffsetAndMetadata()
                    .get();
            return ends.entrySet().stream()
                .filter(end -> end.getValue() > 0)
                .allMatch(end ->
                    committed.containsKey(end.getKey())
                        && committed.get(end.getKey()).offset() >= end.getValue());
          });
    }
  }

  /** The dead letters of a topic since a mark: why they are there. */
  List<String> deadLetters(String topic, int mark) {
    poll();
    return records.subList(mark, records.size()).stream()
        .map(Seen::record)
        .filter(record -> record.topic().equals(topic + ".dlt"))
        .map(record -> EventCodec.text(record.headers(), "echopilot_dlt_reason"))
        .map(reason -> requireNonNull(reason, "a dead letter without a reason"))
        .toList();
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

  private void poll() {
    consumer
        .poll(Duration.ofMillis(100))
        .forEach(record -> records.add(new Seen(record, event(record))));
  }

  private static @Nullable Event event(ConsumerRecord<String, byte[]> record) {
    return EventCodec.decode(record.topic(), record.key(), record.headers(), record.value())
            instanceof Decoded.Known(var envelope)
        ? envelope.data()
        : null;
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
    consumer.close();
    http.close();
    fleet.stop();
  }
}
