package io.echopilot.starter;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.echopilot.events.Event;
import io.echopilot.events.EventCodec;
import io.echopilot.events.RecordPosition;
import io.echopilot.events.ServiceEvent.ServiceRemoved;
import io.echopilot.events.ServiceId;
import io.echopilot.events.TopicNames;
import io.echopilot.starter.EventPublisher.SaturatedException;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.apache.kafka.clients.producer.MockProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.errors.TimeoutException;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.common.serialization.StringSerializer;
import org.junit.jupiter.api.Test;
import org.springframework.kafka.core.KafkaTemplate;
import org.springframework.kafka.mock.MockProducerFactory;

/** Kafka's own {@link MockProducer} lets these tests say when the broker acknowledges. */
class EventPublisherTest {
  private static final Instant NOW = Instant.parse("2026-11-24T03:00:00Z");
  private static final Event EVENT = new ServiceRemoved(new ServiceId("checkout"), 1);

  private final MockProducer<String, byte[]> kafka =
      new MockProducer<>(false, null, new StringSerializer(), new ByteArraySerializer()) {
        @Override
        public void close(Duration timeout) {
          // The template closes after each send what is no shared producer of its own.
        }
      };
  private final SimpleMeterRegistry meters = new SimpleMeterRegistry();
  private final EventPublisher publisher = publisher(new DirectExecutor());

  private EventPublisher publisher(ExecutorService sender) {
    return new EventPublisher(
        new KafkaTemplate<>(new MockProducerFactory<>(() -> kafka)),
        "/test",
        Clock.fixed(NOW, ZoneOffset.UTC),
        meters,
        2,
        sender);
  }

  @Test
  void anEventGoesOutAsABinaryCloudEventUnderItsSubject() {
    var _ = publisher.publish(EVENT, "cause-1");

    ProducerRecord<String, byte[]> sent = kafka.history().getFirst();
    assertThat(sent.topic()).isEqualTo(TopicNames.SERVICES);
    assertThat(sent.key()).isEqualTo("checkout");
    assertThat(sent.partition()).isNull();
    assertThat(EventCodec.text(sent.headers(), EventCodec.ID)).isEqualTo("cause-1");
    assertThat(EventCodec.text(sent.headers(), EventCodec.SOURCE)).isEqualTo("/test");
    assertThat(EventCodec.text(sent.headers(), EventCodec.TIME)).isEqualTo(NOW.toString());
    assertThat(EventCodec.text(sent.headers(), EventCodec.TRACEPARENT))
        .matches("00-[0-9a-f]{32}-[0-9a-f]{16}-01");
  }

  @Test
  void theTraceOfTheCauseIsCarriedOn() {
    String trace = "00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01";

    var _ = publisher.publish(EVENT, "effect", StarterWorld.envelope("cause", trace, EVENT));

    assertThat(EventCodec.text(kafka.history().getFirst().headers(), EventCodec.TRACEPARENT))
        .isEqualTo(trace);
  }

  @Test
  void theFutureCompletesWithTheRecordsPosition() {
    CompletableFuture<RecordPosition> published = publisher.publish(EVENT);
    assertThat(published).isNotDone();

    kafka.completeNext();

    assertThat(published)
        .succeedsWithin(Duration.ZERO)
        .isEqualTo(new RecordPosition(TopicNames.SERVICES, 0, 0));
    assertThat(count("published")).isEqualTo(1);
  }

  @Test
  void whatIsTooMuchInFlightIsRefusedAtOnceAndTakenAgainLater() {
    var _ = publisher.publish(EVENT);
    var _ = publisher.publish(EVENT);

    assertThat(publisher.publish(EVENT))
        .failsWithin(Duration.ZERO)
        .withThrowableThat()
        .withCauseInstanceOf(SaturatedException.class);
    assertThat(kafka.history()).hasSize(2);
    assertThat(count("refused")).isEqualTo(1);

    kafka.completeNext();
    assertThat(publisher.publish(EVENT)).isNotDone();
    assertThat(kafka.history()).hasSize(3);
  }

  @Test
  void theCallerDoesNotWaitUntilTheProducerKnowsItsBrokers() throws Exception {
    CountDownLatch known = new CountDownLatch(1);
    try (ExecutorService one = Executors.newSingleThreadExecutor()) {
      var _ =
          one.submit(() -> {
            known.await();
            return null;
          });
      CompletableFuture<RecordPosition> published = publisher(one).publish(EVENT);

      assertThat(published).isNotDone();
      assertThat(kafka.history()).isEmpty();
      known.countDown();
      await().until(() -> kafka.history().size() == 1);
    }
  }

  @Test
  void afterItsEndAPublisherTakesNothing() {
    EventPublisher closed = publisher(Executors.newSingleThreadExecutor());
    closed.close();

    assertThat(closed.publish(EVENT)).failsWithin(Duration.ZERO);
    assertThat(count("failed")).isEqualTo(1);
  }

  @Test
  void whatKafkaDoesNotTakeFailsAndMakesRoom() {
    CompletableFuture<RecordPosition> published = publisher.publish(EVENT);
    var _ = publisher.publish(EVENT);

    kafka.errorNext(new TimeoutException("no acknowledgement"));

    assertThat(published).failsWithin(Duration.ZERO);
    assertThat(count("failed")).isEqualTo(1);
    assertThat(publisher.publish(EVENT)).isNotDone();
  }

  private double count(String outcome) {
    return meters.get("echopilot.events.published").tag("outcome", outcome).counter().count();
  }
}
