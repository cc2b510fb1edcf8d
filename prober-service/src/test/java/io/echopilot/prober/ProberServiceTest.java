package io.echopilot.prober;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.echopilot.events.Drift;
import io.echopilot.events.EventCodec;
import io.echopilot.events.EventCodec.Decoded;
import io.echopilot.events.EventEnvelope;
import io.echopilot.events.Failback;
import io.echopilot.events.LocationEvent;
import io.echopilot.events.LocationEvent.LocationImpaired;
import io.echopilot.events.LocationId;
import io.echopilot.events.Outcome;
import io.echopilot.events.ProbeCheck;
import io.echopilot.events.ProbeEvent;
import io.echopilot.events.ProbeEvent.EntrypointProbed;
import io.echopilot.events.ProbeEvent.ProbeCompleted;
import io.echopilot.events.ProbeId;
import io.echopilot.events.Quorum;
import io.echopilot.events.ServiceDefinition;
import io.echopilot.events.ServiceDefinition.Entrypoint;
import io.echopilot.events.ServiceDefinition.FailoverPolicy;
import io.echopilot.events.ServiceDefinition.Probe;
import io.echopilot.events.ServiceDefinition.Site;
import io.echopilot.events.ServiceDefinition.Traffic;
import io.echopilot.events.ServiceEvent.ServiceDefined;
import io.echopilot.events.ServiceEvent.ServiceRemoved;
import io.echopilot.events.ServiceId;
import io.echopilot.events.SiteId;
import io.echopilot.events.TopicNames;
import io.echopilot.starter.EventPublisher;
import io.echopilot.starter.TestBroker;
import java.net.URI;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.stream.Collectors;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.StringDeserializer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.context.ConfigurableApplicationContext;
import reactor.core.publisher.Mono;
import reactor.netty.DisposableServer;
import reactor.netty.http.server.HttpServer;
import reactor.netty.resources.LoopResources;
import reactor.netty.tcp.TcpServer;

/** The service as a whole: a real broker, real targets, one or two replicas of a location. */
@Timeout(90)
class ProberServiceTest {
  private static final Duration PATIENCE = Duration.ofSeconds(30);

  /** Of the targets: a replica that closes takes the shared event loops with it. */
  private static final LoopResources LOOPS = LoopResources.create("targets", 1, true);

  private final String location = "l" + UUID.randomUUID().toString().substring(0, 8);
  private final List<ConfigurableApplicationContext> replicas = new ArrayList<>();
  private final List<DisposableServer> servers = new ArrayList<>();
  private final List<EventEnvelope<?>> seen = new ArrayList<>();
  private final KafkaConsumer<String, byte[]> consumer = consumer();

  @AfterEach
  void stop() {
    consumer.close();
    replicas.forEach(ConfigurableApplicationContext::close);
    servers.forEach(DisposableServer::disposeNow);
  }

  @Test
  void aDefinedServiceIsProbedSlotBySlotUntilItIsRemoved() {
    start("one");
    ServiceId service = define(1, site("primary"), site("fallback"));

    awaitRuns(service, 6);
    List<ProbeCompleted> primary =
        runs(service).stream().filter(run -> run.site().value().equals("primary")).toList();
    assertThat(primary)
        .allSatisfy(run -> assertThat(run.run().outcome()).isEqualTo(Outcome.SUCCESS))
        .extracting(run -> run.run().slot().start().toEpochMilli())
        .isSorted()
        .doesNotHaveDuplicates();
    assertThat(events(EntrypointProbed.class))
        .filteredOn(probed -> probed.service().equals(service))
        .extracting(EntrypointProbed::servedBy)
        .contains(new SiteId("primary"));

    publisher().publish(new ServiceRemoved(service, 2)).join();
    await()
        .atMost(PATIENCE)
        .until(() -> {
          int before = runs(service).size();
          poll(Duration.ofMillis(600));
          return runs(service).size() == before;
        });
  }

  @Test
  void aDefinitionThatCannotBeProbedLeavesTheLastOneInForce() {
    start("one");
    Site primary = site("primary");
    Site fallback = site("fallback");
    ServiceId service = define(1, primary, fallback);
    awaitRuns(service, 2);

    define(service, 2, primary, fallback, Map.of("$[[", "ok"));
    awaitRuns(define(1, primary, fallback), 2);

    seen.clear();
    awaitRuns(service, 4);
    assertThat(failures(service)).isEmpty();

    define(service, 3, primary, fallback, Map.of("$.site", "elsewhere"));
    await()
        .atMost(PATIENCE)
        .until(() -> {
          poll(Duration.ofMillis(100));
          return !failures(service).isEmpty();
        });
  }

  @Test
  void aReplicaThatStopsLeavesItsServicesToTheOther() {
    start("one");
    start("two");
    List<ServiceId> services = new ArrayList<>();
    for (int i = 0; i < 12; i++) {
      services.add(define(1, site("primary"), site("fallback")));
    }
    await()
        .atMost(PATIENCE)
        .until(() -> {
          poll(Duration.ofMillis(200));
          return probers(services).size() == 2;
        });

    replicas.removeFirst().close();
    seen.clear();

    services.forEach(service -> awaitRuns(service, 2));
    await()
        .atMost(PATIENCE)
        .until(() -> {
          seen.clear();
          poll(Duration.ofMillis(500));
          return probers(services).equals(List.of("two"));
        });
  }

  @Test
  void withoutItsReferencesALocationSaysSoAndItsResultsCountForNothing() {
    DisposableServer reference =
        TcpServer.create().runOn(LOOPS).host("127.0.0.1").port(0).bindNow();
    servers.add(reference);
    start("one", "--echopilot.prober.references=127.0.0.1:" + reference.port());
    Site primary = site("primary");
    ServiceId service = define(1, primary, site("fallback"));
    awaitRuns(service, 2);

    servers.get(0).disposeNow();
    servers.get(1).disposeNow();

    await()
        .atMost(PATIENCE)
        .until(() -> {
          poll(Duration.ofMillis(100));
          return events(LocationImpaired.class).stream()
                  .anyMatch(event -> event.location().equals(new LocationId(location)))
              && !failures(service).isEmpty()
              && runs(service).stream().anyMatch(run -> isSuccess(run) && isImpaired(run));
        });
    assertThat(failures(service)).allMatch(ProberServiceTest::isImpaired);
  }

  private static boolean isSuccess(ProbeCompleted run) {
    return run.run().outcome() == Outcome.SUCCESS;
  }

  private static boolean isImpaired(ProbeCompleted run) {
    return run.run().locationImpaired();
  }

  private void start(String instance, String... more) {
    List<String> arguments =
        new ArrayList<>(
            List.of(
                "--server.port=0",
                "--spring.kafka.bootstrap-servers=" + TestBroker.bootstrapServers(),
                "--echopilot.instance=" + instance,
                "--echopilot.prober.location=" + location));
    arguments.addAll(List.of(more));
    replicas.add(
        new SpringApplicationBuilder(ProberApplication.class)
            .run(arguments.toArray(String[]::new)));
  }

  private EventPublisher publisher() {
    return replicas.getFirst().getBean(EventPublisher.class);
  }

  private Site site(String id) {
    DisposableServer server =
        HttpServer.create()
            .runOn(LOOPS)
            .host("127.0.0.1")
            .port(0)
            .route(routes ->
                routes.get(
                    "/health",
                    (_, response) ->
                        response.sendString(Mono.just("{\"site\":\"%s\"}".formatted(id)))))
            .bindNow();
    servers.add(server);
    return new Site(new SiteId(id), URI.create("http://127.0.0.1:" + server.port()));
  }

  private ServiceId define(long revision, Site primary, Site fallback) {
    ServiceId service = new ServiceId("s" + UUID.randomUUID().toString().substring(0, 8));
    define(service, revision, primary, fallback, Map.of());
    return service;
  }

  private void define(
      ServiceId service,
      long revision,
      Site primary,
      Site fallback,
      Map<String, Object> expectations) {
    Duration fast = Duration.ofMillis(200);
    publisher()
        .publish(
            new ServiceDefined(
                service,
                revision,
                "hash",
                new ServiceDefinition(
                    service,
                    null,
                    new Entrypoint(URI.create(primary.url() + "/health"), "$.site", fast, fast),
                    List.of(new LocationId(location)),
                    List.of(primary, fallback),
                    List.of(
                        new Probe(
                            new ProbeId("health"),
                            new ProbeCheck("http", Map.of("path", "/health", "json", expectations)),
                            fast,
                            fast,
                            fast,
                            true)),
                    new FailoverPolicy(
                        3,
                        fast,
                        Quorum.MAJORITY,
                        2,
                        fast,
                        fast,
                        Failback.MANUAL,
                        fast,
                        Drift.HOLD,
                        fast),
                    new Traffic("edge"))))
        .join();
  }

  private void awaitRuns(ServiceId service, int count) {
    await()
        .atMost(PATIENCE)
        .until(() -> {
          poll(Duration.ofMillis(100));
          return runs(service).size() >= count;
        });
  }

  private List<String> probers(List<ServiceId> services) {
    return services.stream()
        .flatMap(service -> runs(service).stream())
        .map(run -> run.run().instance().value())
        .distinct()
        .sorted()
        .toList();
  }

  private List<ProbeCompleted> runs(ServiceId service) {
    return events(ProbeCompleted.class).stream()
        .filter(run -> run.service().equals(service))
        .collect(Collectors.toList());
  }

  private List<ProbeCompleted> failures(ServiceId service) {
    return runs(service).stream().filter(run -> run.run().outcome() == Outcome.FAILURE).toList();
  }

  private <T> List<T> events(Class<T> type) {
    return seen.stream().map(EventEnvelope::data).filter(type::isInstance).map(type::cast).toList();
  }

  private void poll(Duration patience) {
    consumer
        .poll(patience)
        .forEach(record -> {
          if (EventCodec.decode(record.topic(), record.key(), record.headers(), record.value())
              instanceof Decoded.Known(var envelope)) {
            assertThat(envelope.data()).isInstanceOfAny(ProbeEvent.class, LocationEvent.class);
            seen.add(envelope);
          }
        });
  }

  private static KafkaConsumer<String, byte[]> consumer() {
    KafkaConsumer<String, byte[]> consumer =
        new KafkaConsumer<>(
            Map.of(
                "bootstrap.servers",
                TestBroker.bootstrapServers(),
                "group.id",
                UUID.randomUUID().toString(),
                "auto.offset.reset",
                "earliest",
                "metadata.max.age.ms",
                "500"),
            new StringDeserializer(),
            new ByteArrayDeserializer());
    consumer.subscribe(List.of(TopicNames.PROBE_RESULTS, TopicNames.LOCATION_EVENTS));
    return consumer;
  }
}
