package io.echopilot.starter;

import static io.echopilot.starter.StarterWorld.PATIENCE;
import static io.echopilot.starter.StarterWorld.header;
import static io.echopilot.starter.StarterWorld.removed;
import static io.echopilot.starter.StarterWorld.send;
import static io.echopilot.starter.StarterWorld.service;
import static java.nio.charset.StandardCharsets.UTF_8;
import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.echopilot.events.EventCodec;
import io.echopilot.events.EventEnvelope;
import io.echopilot.events.HeartbeatEvent;
import io.echopilot.events.HeartbeatEvent.ServiceHeartbeat;
import io.echopilot.events.InstanceId;
import io.echopilot.events.RecordPosition;
import io.echopilot.events.ServiceEvent;
import io.echopilot.events.ServiceEvent.ServiceRemoved;
import io.echopilot.events.ServiceId;
import io.echopilot.events.TopicNames;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.TopicPartition;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.springframework.boot.WebApplicationType;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.context.ConfigurableApplicationContext;

/** What a listener hears, and what becomes of what it can't. */
class ListenerTest {
  private static final String TRACE = "00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01";
  private static final long THROWN = 99;
  private static ConfigurableApplicationContext context;
  private static Ear ear;

  static class Ear {
    final Map<String, EventEnvelope<ServiceEvent>> envelopes = new ConcurrentHashMap<>();
    final List<String> families = new CopyOnWriteArrayList<>();
    final Set<String> refused = ConcurrentHashMap.newKeySet();
    final List<String> attempts = new CopyOnWriteArrayList<>();
    final Map<String, CompletableFuture<Void>> slow = new ConcurrentHashMap<>();
    private final EventPublisher publisher;

    Ear(EventPublisher publisher) {
      this.publisher = publisher;
    }

    @EchoPilotListener(topics = TopicNames.SERVICES, groupId = "envelopes")
    void envelope(EventEnvelope<ServiceEvent> envelope) {
      envelopes.put(envelope.data().subject(), envelope);
    }

    @EchoPilotListener(topics = TopicNames.SERVICES, groupId = "families")
    void family(ServiceEvent event) {
      attempts.add(event.subject());
      if (refused.contains(event.subject())) {
        throw new IllegalStateException("the pager is out of paper");
      }
      families.add(event.subject());
      if (event.subject().startsWith("traced")) {
        var _ =
            publisher.publish(
                new ServiceHeartbeat(
                    new InstanceId(event.subject()), "test", Instant.EPOCH, Instant.EPOCH));
      }
    }

    @EchoPilotListener(topics = TopicNames.SERVICES, groupId = "slow")
    CompletableFuture<Void> slowly(ServiceEvent event) {
      if (event.revision() == THROWN) {
        throw new IllegalStateException("no future at all");
      }
      return slow.getOrDefault(event.subject(), CompletableFuture.completedFuture(null));
    }
  }

  @BeforeAll
  static void start() {
    context =
        new SpringApplicationBuilder(StarterWorld.App.class, Ear.class)
            .web(WebApplicationType.NONE)
            .properties(
                "spring.application.name=listening",
                "spring.main.banner-mode=off",
                "spring.kafka.bootstrap-servers=" + TestBroker.bootstrapServers(),
                "echopilot.topics.create=true")
            .run();
    ear = context.getBean(Ear.class);
  }

  @AfterAll
  static void stop() {
    context.close();
  }

  @Test
  void itHearsTheEventOrTheWholeEnvelopeAsItAsks() throws Exception {
    String service = service();

    send(removed(service, 7));

    await().atMost(PATIENCE).until(() -> ear.families.contains(service));
    await().atMost(PATIENCE).until(() -> ear.envelopes.containsKey(service));
    EventEnvelope<ServiceEvent> heard = requireNonNull(ear.envelopes.get(service));
    assertThat(heard.id()).isEqualTo(service + "-7");
    assertThat(heard.source()).isEqualTo("/test");
    assertThat(heard.data()).isEqualTo(new ServiceRemoved(new ServiceId(service), 7));
  }

  @Test
  void whatCannotBeParsedIsSetAsideWithItsReasonAndTheNextIsHeard() throws Exception {
    String service = service();
    ProducerRecord<String, byte[]> good = StarterWorld.record(removed(service, 1));
    ProducerRecord<String, byte[]> bad =
        new ProducerRecord<>(
            good.topic(), null, service, "{\"service\":7}".getBytes(UTF_8), good.headers());

    RecordPosition at = send(bad);
    send(good);

    await().atMost(PATIENCE).until(() -> ear.families.contains(service));
    ConsumerRecord<String, byte[]> letter = awaitDeadLetter(service);
    assertThat(header(letter, DeadLetters.REASON)).startsWith("value: ").contains("service");
    assertThat(header(letter, DeadLetters.TOPIC)).isEqualTo(TopicNames.SERVICES);
    assertThat(header(letter, DeadLetters.PARTITION)).isEqualTo("" + at.partition());
    assertThat(header(letter, DeadLetters.OFFSET)).isEqualTo("" + at.offset());
    assertThat(header(letter, DeadLetters.CONSUMER)).isEqualTo("listening");
    assertThat(letter.value()).isEqualTo(bad.value());
    assertThat(header(letter, EventCodec.ID)).isEqualTo(service + "-1");
    assertThat(counter("echopilot.events.dead.lettered")).isPositive();
  }

  @Test
  void whatIsAlmostTooLargeToBeWrittenIsSetAsideTooAndTheNextIsHeard() throws Exception {
    String service = service();

    send(new ProducerRecord<>(TopicNames.SERVICES, service, new byte[1_048_000]));
    send(removed(service, 1));

    await().atMost(PATIENCE).until(() -> ear.families.contains(service));
    ConsumerRecord<String, byte[]> letter = awaitDeadLetter(service);
    assertThat(letter.value()).hasSize(DeadLetters.MOST_VALUE);
    assertThat(header(letter, DeadLetters.CUT)).isEqualTo("1048000");
  }

  @Test
  void whatAListenerRefusesIsTriedAgainAndThenSetAside() throws Exception {
    String service = service();
    ear.refused.add(service);

    send(removed(service, 1));

    assertThat(header(awaitDeadLetter(service), DeadLetters.REASON))
        .isEqualTo("the pager is out of paper");
    assertThat(ear.attempts).filteredOn(service::equals).hasSize(6);
    ear.refused.clear();
    String next = service();
    send(removed(next, 1));
    await().atMost(PATIENCE).until(() -> ear.families.contains(next));
  }

  @Test
  void typesThatOnlyLaterVersionsKnowAreCountedAndSkipped() throws Exception {
    double before = counter("echopilot.events.skipped");
    String service = service();
    ProducerRecord<String, byte[]> later = StarterWorld.record(removed(service, 1));
    later.headers().remove(EventCodec.TYPE);
    later.headers().add(EventCodec.TYPE, "io.echopilot.service.merged.v3".getBytes(UTF_8));

    send(later);
    send(new ProducerRecord<>(TopicNames.SERVICES, service, null));
    send(removed(service, 2));

    await().atMost(PATIENCE).until(() -> ear.families.contains(service));
    assertThat(ear.attempts).filteredOn(service::equals).hasSize(1);
    await()
        .atMost(PATIENCE)
        .untilAsserted(() -> assertThat(counter("echopilot.events.skipped") - before).isEqualTo(3));
    assertThat(deadLetter(service)).isEmpty();
  }

  @Test
  void whatIsPublishedFromAListenerCarriesItsTraceOn() throws Exception {
    String service = "traced-" + service();

    send(StarterWorld.envelope(service, TRACE, new ServiceRemoved(new ServiceId(service), 1)));

    ConsumerRecord<String, byte[]> answer =
        await()
            .atMost(PATIENCE)
            .until(
                () ->
                    StarterWorld.find(
                        TopicNames.HEARTBEATS, record -> service.equals(record.key())),
                Optional::isPresent)
            .orElseThrow();
    assertThat(header(answer, EventCodec.TRACEPARENT)).isEqualTo(TRACE);
    assertThat(EventCodec.decode(TopicNames.HEARTBEATS, service, answer.headers(), answer.value()))
        .isInstanceOfSatisfying(
            EventCodec.Decoded.Known.class,
            known -> assertThat(known.envelope().data()).isInstanceOf(HeartbeatEvent.class));
  }

  @Test
  void aFutureThatFailsIsTriedAgainAndThenSetAside() throws Exception {
    String service = service();
    ear.slow.put(
        service, CompletableFuture.failedFuture(new IllegalStateException("the line is dead")));

    RecordPosition at = send(removed(service, 1));

    assertThat(header(awaitDeadLetter(service), DeadLetters.REASON)).isEqualTo("the line is dead");
    await().atMost(PATIENCE).until(() -> committed("slow", at) > at.offset());
  }

  @Test
  void whatIsSetAsideInTheMiddleOfABatchHoldsNothingUpBehindAListenerOfFutures() throws Exception {
    String service = service();
    List<ProducerRecord<String, byte[]>> batch = new ArrayList<>();
    for (int round = 0; round < 3; round++) {
      batch.add(StarterWorld.record(removed(service, 1)));
      batch.add(new ProducerRecord<>(TopicNames.SERVICES, service, new byte[] {1}));
      batch.add(StarterWorld.record(removed(service, THROWN)));
    }
    batch.add(StarterWorld.record(removed(service, 2)));

    RecordPosition last = send(batch);

    await().atMost(PATIENCE).until(() -> committed("slow", last) > last.offset());
    String next = service();
    RecordPosition later = send(removed(next, 1));
    await().atMost(PATIENCE).until(() -> committed("slow", later) > later.offset());
  }

  @Test
  void anOffsetIsCommittedOnlyWhenTheListenerIsDone() throws Exception {
    String service = service();
    CompletableFuture<Void> done = new CompletableFuture<>();
    ear.slow.put(service, done);
    RecordPosition at = send(removed(service, 1));
    String next = service();
    await().atMost(PATIENCE).until(() -> ear.families.contains(service));
    send(removed(next, 1));
    await().atMost(PATIENCE).until(() -> ear.families.contains(next));

    assertThat(committed("slow", at)).isLessThanOrEqualTo(at.offset());
    done.complete(null);

    await().atMost(PATIENCE).until(() -> committed("slow", at) > at.offset());
  }

  private static long committed(String group, RecordPosition at) throws Exception {
    try (Admin admin = Admin.create(Map.of("bootstrap.servers", TestBroker.bootstrapServers()))) {
      OffsetAndMetadata offset =
          admin
              .listConsumerGroupOffsets(group)
              .partitionsToOffsetAndMetadata()
              .get()
              .get(new TopicPartition(at.topic(), at.partition()));
      return offset == null ? 0 : offset.offset();
    }
  }

  private static ConsumerRecord<String, byte[]> awaitDeadLetter(String key) {
    return await().atMost(PATIENCE).until(() -> deadLetter(key), Optional::isPresent).orElseThrow();
  }

  private static Optional<ConsumerRecord<String, byte[]>> deadLetter(String key) {
    return StarterWorld.find(
        DeadLetters.topicFor(TopicNames.SERVICES), record -> key.equals(record.key()));
  }

  private static double counter(String name) {
    return context.getBean(MeterRegistry.class).find(name).counters().stream()
        .mapToDouble(Counter::count)
        .sum();
  }
}
