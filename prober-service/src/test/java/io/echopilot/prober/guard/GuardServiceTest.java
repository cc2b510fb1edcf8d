package io.echopilot.prober.guard;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.echopilot.events.Event;
import io.echopilot.events.EventCodec;
import io.echopilot.events.EventCodec.Decoded;
import io.echopilot.events.Outcome;
import io.echopilot.events.ProbeEvent.ProbeCompleted;
import io.echopilot.events.ServiceEvent.ServiceDefined;
import io.echopilot.events.SloEvent;
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
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.stream.Collectors;
import org.apache.kafka.clients.consumer.KafkaConsumer;
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

/** The guard on a real broker: what one instance counted, the next one goes on from. */
@Timeout(120)
class GuardServiceTest {
  private static final Duration PATIENCE = Duration.ofSeconds(60);
  private static final Duration INTERVAL = Duration.ofSeconds(10);

  @TempDir Path folder;

  private final List<SloEvent> told = new ArrayList<>();
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
    publish(
        new ServiceDefined(
            Shop.ID,
            1,
            "hash",
            Shop.promising(INTERVAL, List.of("here"), Shop.availability(99.9))));
    Instant first = Instant.now().truncatedTo(ChronoUnit.SECONDS).minus(INTERVAL.multipliedBy(20));
    failures(first, 0, 20);
    awaitStatus(200_000);
    assertThat(told.stream().filter(SloBreached.class::isInstance)).hasSize(1);

    instance.close();
    instance = start("two");
    // The last five again, and one more.
    failures(first, 15, 21);

    awaitStatus(210_000);
    assertThat(told.stream().filter(SloBreached.class::isInstance)).hasSize(1);
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

  private WebTestClient web() {
    String port = instance.getEnvironment().getRequiredProperty("local.server.port");
    return WebTestClient.bindToServer().baseUrl("http://127.0.0.1:" + port).build();
  }

  /** Waits until the days' records of the primary have so many milliseconds that were bad. */
  private void awaitStatus(double bad) {
    await()
        .atMost(PATIENCE)
        .untilAsserted(() -> {
          poll();
          assertThat(badOfPrimary()).isEqualTo(bad);
        });
  }

  private double badOfPrimary() {
    Map<LocalDate, Double> days =
        told.stream()
            .filter(SloStatus.class::isInstance)
            .map(SloStatus.class::cast)
            .filter(status -> Shop.PRIMARY.equals(status.site()))
            .map(SloStatus::day)
            .collect(Collectors.toMap(Day::date, Day::bad, (_, newer) -> newer));
    return days.values().stream().mapToDouble(Double::doubleValue).sum();
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
            "--spring.application.name=prober-guard-test",
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
              && envelope.data() instanceof SloEvent event
              && event.service().equals(Shop.ID)
              && envelope.source().endsWith("prober-guard-test")) {
            told.add(event);
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
    consumer.subscribe(List.of(TopicNames.SLO_BREACHES));
    return consumer;
  }
}
