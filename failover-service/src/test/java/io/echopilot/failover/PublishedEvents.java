package io.echopilot.failover;

import io.echopilot.events.Event;
import io.echopilot.events.EventCodec;
import io.echopilot.events.EventCodec.Decoded;
import io.echopilot.events.EventEnvelope;
import io.echopilot.starter.DirectExecutor;
import io.echopilot.starter.EventPublisher;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.time.Clock;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.producer.MockProducer;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.common.errors.TimeoutException;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.common.serialization.StringSerializer;
import org.springframework.kafka.core.DefaultKafkaProducerFactory;
import org.springframework.kafka.core.KafkaTemplate;

/** What an {@link EventPublisher} handed to Kafka, and a Kafka that acknowledges when told to. */
public final class PublishedEvents {
  private final MockProducer<String, byte[]> kafka;

  private PublishedEvents(boolean acknowledging) {
    kafka =
        new MockProducer<>(acknowledging, null, new StringSerializer(), new ByteArraySerializer());
  }

  public static PublishedEvents acknowledged() {
    return new PublishedEvents(true);
  }

  public static PublishedEvents unacknowledged() {
    return new PublishedEvents(false);
  }

  public EventPublisher publisher(Clock clock) {
    var factory =
        new DefaultKafkaProducerFactory<String, byte[]>(Map.of()) {
          @Override
          protected Producer<String, byte[]> createRawProducer(Map<String, Object> settings) {
            return kafka;
          }
        };
    return new EventPublisher(
        new KafkaTemplate<>(factory),
        "/test",
        clock,
        new SimpleMeterRegistry(),
        100,
        new DirectExecutor());
  }

  public void acknowledgeNext() {
    if (!kafka.completeNext()) {
      throw new IllegalStateException("nothing waits for Kafka");
    }
  }

  public void failNext() {
    if (!kafka.errorNext(new TimeoutException("Kafka is away"))) {
      throw new IllegalStateException("nothing waits for Kafka");
    }
  }

  public List<Event> events() {
    return envelopes().stream().<Event>map(EventEnvelope::data).toList();
  }

  public List<? extends EventEnvelope<?>> envelopes() {
    return kafka.history().stream()
        .map(record ->
            EventCodec.decode(record.topic(), record.key(), record.headers(), record.value()))
        .map(decoded -> ((Decoded.Known) decoded).envelope())
        .toList();
  }
}
