package io.echopilot.failover;

import static java.nio.charset.StandardCharsets.UTF_8;
import static java.util.Objects.requireNonNull;

import io.echopilot.events.EventCodec;
import io.echopilot.events.EventCodec.Decoded;
import io.echopilot.events.EventEnvelope;
import io.echopilot.events.EventJson;
import io.echopilot.events.FailoverEvent;
import io.echopilot.events.InstanceId;
import io.echopilot.events.LocationId;
import io.echopilot.events.Outcome;
import io.echopilot.events.ProbeError;
import io.echopilot.events.ProbeEvent.ProbeCompleted;
import io.echopilot.events.ProbeId;
import io.echopilot.events.ProbeRun;
import io.echopilot.events.ServiceId;
import io.echopilot.events.SiteId;
import io.echopilot.events.Slot;
import io.echopilot.events.TopicNames;
import io.echopilot.events.Topics;
import io.echopilot.fleet.FreePorts;
import io.echopilot.fleet.demo.Demo;
import io.echopilot.fleet.demo.DemoConfig;
import io.echopilot.starter.DeadLetters;
import io.echopilot.starter.TestBroker;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.common.serialization.StringDeserializer;
import org.apache.kafka.common.serialization.StringSerializer;
import org.awaitility.Awaitility;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.boot.web.server.reactive.context.ReactiveWebServerApplicationContext;

/**
 * Failover-service in this JVM, with a real broker and a real edge, and a hand that plays prober.
 */
final class FailoverWorld implements AutoCloseable {
  static final Duration PATIENCE = Duration.ofSeconds(30);
  private static final List<String> SERVICES =
      List.of("checkout", "garbled", "kept", "removed", "drifting");

  private final HttpClient http = HttpClient.newHttpClient();
  private final Path folder;
  private final Path services;
  private final Demo demo;
  private final ReactiveWebServerApplicationContext context;
  private final KafkaProducer<String, byte[]> producer =
      new KafkaProducer<>(
          Map.of("bootstrap.servers", TestBroker.bootstrapServers()),
          new StringSerializer(),
          new ByteArraySerializer());
  private final KafkaConsumer<String, byte[]> consumer;
  private final List<FailoverEvent> events = new ArrayList<>();
  private final Map<String, Instant> slots = new LinkedHashMap<>();

  FailoverWorld(Path folder) throws IOException {
    this.folder = folder;
    services = Files.createDirectories(folder.resolve("services"));
    Path key = Files.writeString(folder.resolve("k1"), "a secret of sixteen bytes or more");
    FreePorts ports = new FreePorts();
    int control = ports.next();
    Map<SiteId, URI> sites = new LinkedHashMap<>();
    sites.put(new SiteId("primary"), URI.create("http://127.0.0.1:1"));
    sites.put(new SiteId("fallback"), URI.create("http://127.0.0.1:1"));
    Map<ServiceId, DemoConfig.EdgeService> edges = new LinkedHashMap<>();
    SERVICES.forEach(id -> edges.put(new ServiceId(id), new DemoConfig.EdgeService(null, sites)));
    demo =
        Demo.start(
            new DemoConfig(
                Files.createDirectories(folder.resolve("edge")),
                control,
                ports.next(),
                Map.of(),
                edges,
                Map.of("k1", key)),
            Clock.systemUTC());
    Files.writeString(
        folder.resolve("credentials"), "viewer=secret\noperator=secret\nadmin=secret\n");
    context =
        (ReactiveWebServerApplicationContext)
            new SpringApplicationBuilder(FailoverApplication.class)
                .run(
                    "--server.port=0",
                    "--spring.kafka.bootstrap-servers=" + TestBroker.bootstrapServers(),
                    "--echopilot.failover.services=" + services,
                    "--echopilot.failover.watch=100ms",
                    "--echopilot.failover.read-back=500ms",
                    "--echopilot.streams.state-dir=" + folder.resolve("streams"),
                    "--echopilot.failover.endpoints.edge.url=http://127.0.0.1:" + control,
                    "--echopilot.failover.endpoints.edge.key-id=k1",
                    "--echopilot.failover.endpoints.edge.key-file=" + key,
                    "--echopilot.security.credentials-file=" + folder.resolve("credentials"));
    consumer =
        new KafkaConsumer<>(
            Map.of(
                "bootstrap.servers",
                TestBroker.bootstrapServers(),
                "group.id",
                UUID.randomUUID().toString(),
                "auto.offset.reset",
                "earliest",
                "isolation.level",
                "read_committed"),
            new StringDeserializer(),
            new ByteArrayDeserializer());
    consumer.subscribe(List.of(TopicNames.FAILOVER_EVENTS));
  }

  int port() {
    return requireNonNull(context.getWebServer()).getPort();
  }

  String yaml(String service) {
    return """
    services:
      - id: %s
        locations: [here]
        sites:
          - {id: primary, url: "http://127.0.0.1:1"}
          - {id: fallback, url: "http://127.0.0.1:1"}
        probes:
          - {id: health, http: {path: /health}, interval: 10s}
        failover: {failures: 3}
        traffic: {webhook: {endpoint: edge}}
    """
        .formatted(service);
  }

  void write(String yaml) {
    write(UUID.randomUUID() + ".yaml", yaml);
  }

  void write(String file, String yaml) {
    try {
      Files.writeString(services.resolve(file), yaml);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  void delete(String file) {
    try {
      Files.delete(services.resolve(file));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Asks the service as one of its users, or as nobody. */
  HttpResponse<String> get(String path, @Nullable String user)
      throws IOException, InterruptedException {
    return ask("GET", path, user, "secret");
  }

  HttpResponse<String> ask(String method, String path, @Nullable String user, String password)
      throws IOException, InterruptedException {
    HttpRequest.Builder request =
        HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port() + path))
            .method(method, HttpRequest.BodyPublishers.noBody())
            .timeout(Duration.ofSeconds(10));
    if (user != null) {
      String credentials = user + ":" + password;
      request.header(
          "Authorization",
          "Basic " + Base64.getEncoder().encodeToString(credentials.getBytes(UTF_8)));
    }
    return http.send(request.build(), HttpResponse.BodyHandlers.ofString());
  }

  /** Publishes results of one location, one slot apart, all of the last few seconds. */
  void probe(String service, String site, boolean... outcomes) {
    for (boolean success : outcomes) {
      Instant slot =
          slots.merge(
              service + site, Instant.now().minusMillis(1_000), (last, _) -> last.plusMillis(100));
      ProbeRun run =
          new ProbeRun(
              new LocationId("here"),
              new InstanceId("test"),
              new Slot(slot.truncatedTo(ChronoUnit.MILLIS)),
              Duration.ofSeconds(10),
              slot,
              slot.plusMillis(5),
              success ? Outcome.SUCCESS : Outcome.FAILURE,
              success ? null : new ProbeError(ProbeError.Kind.REFUSED, "connection refused"),
              null,
              false);
      ProbeCompleted event =
          new ProbeCompleted(
              new ServiceId(service), new SiteId(site), new ProbeId("health"), null, run);
      RecordHeaders headers = new RecordHeaders();
      byte[] value =
          EventCodec.encode(
              new EventEnvelope<>(
                  UUID.randomUUID().toString(),
                  "/test",
                  slot,
                  EventEnvelope.newTraceparent(),
                  event),
              headers);
      send(new ProducerRecord<>(Topics.PROBE_RESULTS.name(), null, service, value, headers));
    }
  }

  void send(ProducerRecord<String, byte[]> record) {
    var _ = producer.send(record);
    producer.flush();
  }

  <T extends FailoverEvent> T await(String service, Class<T> type) {
    return Awaitility.await(service + " " + type.getSimpleName())
        .atMost(PATIENCE)
        .until(
            () -> {
              poll();
              return events.stream()
                  .filter(event -> event.service().value().equals(service))
                  .filter(type::isInstance)
                  .map(type::cast)
                  .findFirst();
            },
            java.util.Optional::isPresent)
        .orElseThrow();
  }

  List<FailoverEvent> events(String service) {
    poll();
    return events.stream().filter(event -> event.service().value().equals(service)).toList();
  }

  private void poll() {
    for (ConsumerRecord<String, byte[]> record : consumer.poll(Duration.ofMillis(50))) {
      if (EventCodec.decode(record.topic(), record.key(), record.headers(), record.value())
          instanceof Decoded.Known(var envelope)) {
        events.add((FailoverEvent) envelope.data());
      }
    }
  }

  List<String> deadLetters(String topic) {
    try (KafkaConsumer<String, byte[]> reader =
        new KafkaConsumer<>(
            Map.of(
                "bootstrap.servers",
                TestBroker.bootstrapServers(),
                "group.id",
                UUID.randomUUID().toString(),
                "auto.offset.reset",
                "earliest",
                "isolation.level",
                "read_committed"),
            new StringDeserializer(),
            new ByteArrayDeserializer())) {
      reader.subscribe(List.of(DeadLetters.topicFor(topic)));
      List<String> reasons = new ArrayList<>();
      Awaitility.await()
          .atMost(PATIENCE)
          .until(() -> {
            reader
                .poll(Duration.ofMillis(100))
                .forEach(record ->
                    reasons.add(
                        requireNonNull(EventCodec.text(record.headers(), DeadLetters.REASON))));
            return !reasons.isEmpty();
          });
      return reasons;
    }
  }

  String edgeRoute(String service) {
    try (var lines = Files.lines(folder.resolve("edge").resolve(Demo.WRITES))) {
      return lines
          .map(line -> EventJson.mapper().readTree(line))
          .filter(line -> line.path("service").asString().equals(service))
          .reduce((_, last) -> last)
          .map(line -> line.path("site").asString())
          .orElseThrow();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Override
  public void close() {
    http.close();
    consumer.close();
    producer.close();
    demo.close();
    context.close();
  }
}
