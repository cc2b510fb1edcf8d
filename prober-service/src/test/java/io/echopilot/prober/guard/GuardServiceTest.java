package io.echopilot.prober.guard;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.echopilot.events.AnomalyEvent.AnomalyDetected;
import io.echopilot.events.Event;
import io.echopilot.events.EventCodec;
import io.echopilot.events.EventCodec.Decoded;
import io.echopilot.events.Outcome;
import io.echopilot.events.ProbeEvent.ProbeCompleted;
import io.echopilot.events.ServiceEvent.ServiceDefined;
import io.echopilot.events.SloEvent.Day;
import io.echopilot.events.SloEvent.SloBreached;
import io.echopilot.events.SloEvent.SloStatus;
import io.echopilot.events.TopicNames;
import io.echopilot.prober.ProberApplication;
import io.echopilot.prober.slo.Shop;
import io.echopilot.starter.EventPublisher;
import io.echopilot.starter.TestBroker;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.stream.Collectors;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.StringDeserializer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.test.web.reactive.server.WebTestClient;

/** The guards on a real broker: what one instance counted and learnt, the next one goes on from. */
@Timeout(120)
class GuardServiceTest {
  private static final Duration PATIENCE = Duration.ofSeconds(60);
  private static final Duration INTERVAL = Duration.ofSeconds(10);

  @TempDir Path folder;

  private final String application = "guard-test-" + UUID.randomUUID();
  private final List<Event> told = new ArrayList<>();
  private final KafkaConsumer<String, byte[]> consumer = consumer();
  private ConfigurableApplicationContext instance;

  @BeforeEach
  void start() {
    instance = start("one");
  }

  @AfterEach
  void stop() {
    instance.close();
    consumer.close();
  }

  @Test
  void anotherInstanceGoesOnFromWhatOneCountedThoughItsDiskIsEmpty() {
    define();
    Instant first = Instant.now().truncatedTo(ChronoUnit.SECONDS).minus(INTERVAL.multipliedBy(20));
    failures(first, 0, 20);
    awaitBad(200_000);
    assertThat(told).filteredOn(SloBreached.class::isInstance).hasSize(1);

    replace();
    // The last five again, and one more.
    failures(first, 15, 21);

    awaitBad(210_000);
    assertThat(told).filteredOn(SloBreached.class::isInstance).hasSize(1);
    web()
        .get()
        .uri("/healthz/strict?service=shop")
        .exchange()
        .expectStatus()
        .isOk()
        .expectBody()
        .jsonPath("$.budgets.length()")
        .isEqualTo(3);
  }

  @Test
  void anotherInstanceKnowsWhatIsUsualThoughItsDiskIsEmpty() {
    define();
    Duration minute = Duration.ofMinutes(1);
    Instant first = Instant.now().truncatedTo(ChronoUnit.MINUTES).minus(minute.multipliedBy(200));
    for (int i = 0; i < 180; i++) {
      publish(fromFallback(first.plus(minute.multipliedBy(i)), 50 + i * 7 % 5));
    }
    awaitTaken();

    replace();
    for (int i = 180; i < 190; i++) {
      publish(fromFallback(first.plus(minute.multipliedBy(i)), 500));
    }

    await()
        .atMost(PATIENCE)
        .untilAsserted(() -> {
          poll();
          assertThat(told)
              .filteredOn(AnomalyDetected.class::isInstance)
              .singleElement()
              .isInstanceOfSatisfying(
                  AnomalyDetected.class,
                  found -> assertThat(found.expectedHigh()).isBetween(50.0, 100.0));
        });
  }

  private void define() {
    publish(
        new ServiceDefined(
            Shop.ID,
            1,
            "hash",
            Shop.promising(INTERVAL, List.of("here"), Shop.availability(99.9))));
  }

  private static ProbeCompleted fromFallback(Instant slot, int millis) {
    return new ProbeCompleted(
        Shop.ID,
        Shop.FALLBACK,
        Shop.HEALTH,
        null,
        Shop.run("here", slot, INTERVAL, Outcome.SUCCESS, millis));
  }

  private void replace() {
    instance.close();
    instance = start("two");
  }

  private WebTestClient web() {
    String port = instance.getEnvironment().getRequiredProperty("local.server.port");
    return WebTestClient.bindToServer().baseUrl("http://127.0.0.1:" + port).build();
  }

  /** Waits until the days' records of the primary add up to so many milliseconds that were bad. */
  private void awaitBad(double millis) {
    await()
        .atMost(PATIENCE)
        .untilAsserted(() -> {
          poll();
          Map<LocalDate, Double> days =
              told.stream()
                  .filter(SloStatus.class::isInstance)
                  .map(SloStatus.class::cast)
                  .filter(status -> Shop.PRIMARY.equals(status.site()))
                  .map(SloStatus::day)
                  .collect(Collectors.toMap(Day::date, Day::bad, (_, newer) -> newer));
          assertThat(days.values().stream().mapToDouble(Double::doubleValue).sum())
              .isEqualTo(millis);
        });
  }

  /** Waits until the guards have taken in every result, and committed that. */
  private void awaitTaken() {
    Map<TopicPartition, Long> ends =
        new HashMap<>(
            consumer.endOffsets(
                consumer.partitionsFor(TopicNames.PROBE_RESULTS).stream()
                    .map(info -> new TopicPartition(info.topic(), info.partition()))
                    .toList()));
    ends.values().removeIf(end -> end == 0);
    try (Admin admin = Admin.create(Map.of("bootstrap.servers", TestBroker.bootstrapServers()))) {
      await()
          .atMost(PATIENCE)
          .untilAsserted(() -> {
            Map<TopicPartition, Long> taken = new HashMap<>();
            admin
                .listConsumerGroupOffsets(application)
                .partitionsToOffsetAndMetadata()
                .get()
                .forEach((partition, offset) -> taken.put(partition, offset.offset()));
            assertThat(taken).containsAllEntriesOf(ends);
          });
    }
  }

  private void failures(Instant first, int from, int to) {
    for (int i = from; i < to; i++) {
      ProbeCompleted failure =
          Shop.result("here", first.plus(INTERVAL.multipliedBy(i)), INTERVAL, Outcome.FAILURE);
      publish(failure);
    }
  }

  private void publish(Event event) {
    instance.getBean(EventPublisher.class).publish(event).join();
  }

  private ConfigurableApplicationContext start(String name) {
    return new SpringApplicationBuilder(ProberApplication.class)
        .run(
            "--server.port=0",
            "--spring.kafka.bootstrap-servers=" + TestBroker.bootstrapServers(),
            // Of its own: other tests of this broker run guards too.
            "--spring.application.name=" + application,
            "--echopilot.streams.state-dir=" + folder.resolve(name),
            "--echopilot.streams.standbys=0",
            "--echopilot.instance=" + name,
            "--echopilot.prober.location=elsewhere");
  }

  private void poll() {
    consumer
        .poll(Duration.ofMillis(200))
        .forEach(record -> {
          if (EventCodec.decode(record.topic(), record.key(), record.headers(), record.value())
                  instanceof Decoded.Known(var envelope)
              && envelope.source().endsWith(application)) {
            told.add(envelope.data());
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
                "isolation.level",
                "read_committed",
                "metadata.max.age.ms",
                "500"),
            new StringDeserializer(),
            new ByteArrayDeserializer());
    consumer.subscribe(List.of(TopicNames.SLO_BREACHES, TopicNames.ANOMALIES));
    return consumer;
  }
}
