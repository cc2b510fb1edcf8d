package io.echopilot.starter;

import io.echopilot.events.Event;
import io.echopilot.events.EventCodec;
import io.echopilot.events.EventEnvelope;
import io.echopilot.events.RecordPosition;
import io.echopilot.events.Topics;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import java.time.Clock;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.springframework.kafka.core.KafkaOperations;
import org.springframework.kafka.support.SendResult;

/**
 * Publishes events on the topics they belong on. Safe for use by many threads, and never blocks
 * one: Kafka's producer does until it knows its brokers, so it has a thread of its own.
 */
public final class EventPublisher implements AutoCloseable {
  private static final long HANDED_OVER_SECONDS = 5;

  private final KafkaOperations<String, byte[]> kafka;
  private final String source;
  private final Clock clock;
  private final MeterRegistry meters;
  private final Semaphore inFlight;
  private final ExecutorService sender;

  /**
   * @param source {@code ce_source} of what is published
   * @param maxInFlight events sent and not yet acknowledged; one more is refused
   * @param sender hands events to Kafka one after the other; shut down with this
   */
  public EventPublisher(
      KafkaOperations<String, byte[]> kafka,
      String source,
      Clock clock,
      MeterRegistry meters,
      int maxInFlight,
      ExecutorService sender) {
    this.kafka = kafka;
    this.source = source;
    this.clock = clock;
    this.meters = meters;
    this.inFlight = new Semaphore(maxInFlight);
    this.sender = sender;
  }

  /** More events are in flight than allowed; the event was not sent. */
  public static final class SaturatedException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    SaturatedException() {
      super(
          "too many events are in flight to Kafka: slow down, or see why it does not acknowledge");
    }
  }

  /** Publishes an event under a new id. */
  public CompletableFuture<RecordPosition> publish(Event event) {
    return publish(event, UUID.randomUUID().toString());
  }

  /**
   * Publishes an event under an id made from its cause, so that the same cause yields the same id
   * and readers can drop repetitions. The trace of the record that this thread is handling is
   * carried on; from any other thread, name the cause.
   *
   * @return completes with the record's position once all in-sync replicas have it; fails with a
   *     {@link SaturatedException} at once when too many are in flight, and with Kafka's exception
   *     when it is not acknowledged in time
   */
  public CompletableFuture<RecordPosition> publish(Event event, String id) {
    return publish(event, id, CurrentTrace.get());
  }

  /** Publishes what follows from another event, whose trace is carried on. */
  public CompletableFuture<RecordPosition> publish(Event event, String id, EventEnvelope<?> cause) {
    return publish(event, id, Optional.ofNullable(cause.traceparent()));
  }

  private CompletableFuture<RecordPosition> publish(
      Event event, String id, Optional<String> trace) {
    return send(
        new EventEnvelope<>(
            id, source, clock.instant(), trace.orElseGet(EventEnvelope::newTraceparent), event));
  }

  private CompletableFuture<RecordPosition> send(EventEnvelope<?> envelope) {
    if (!inFlight.tryAcquire()) {
      count(envelope, "refused");
      return CompletableFuture.failedFuture(new SaturatedException());
    }
    return handedOver(record(envelope))
        .whenComplete((_, failure) -> {
          inFlight.release();
          count(envelope, failure == null ? "published" : "failed");
        })
        .thenApply(EventPublisher::position);
  }

  private CompletableFuture<SendResult<String, byte[]>> handedOver(
      ProducerRecord<String, byte[]> record) {
    CompletableFuture<SendResult<String, byte[]>> sent = new CompletableFuture<>();
    try {
      sender.execute(() -> send(record, sent));
    } catch (RejectedExecutionException e) {
      sent.completeExceptionally(e);
    }
    return sent;
  }

  private void send(
      ProducerRecord<String, byte[]> record, CompletableFuture<SendResult<String, byte[]>> sent) {
    try {
      var _ =
          kafka
              .send(record)
              .whenComplete((result, failure) -> {
                if (failure == null) {
                  sent.complete(result);
                } else {
                  sent.completeExceptionally(failure);
                }
              });
    } catch (RuntimeException e) {
      sent.completeExceptionally(e);
    }
  }

  /** What was handed over is still sent, if Kafka takes it soon; nothing more is taken. */
  @Override
  public void close() {
    sender.shutdown();
    try {
      if (!sender.awaitTermination(HANDED_OVER_SECONDS, TimeUnit.SECONDS)) {
        sender.shutdownNow();
      }
    } catch (InterruptedException _) {
      Thread.currentThread().interrupt();
    }
  }

  private void count(EventEnvelope<?> envelope, String outcome) {
    Counter.builder("echopilot.events.published")
        .description("Events handed to Kafka, by type and outcome")
        .tag("type", envelope.type())
        .tag("outcome", outcome)
        .register(meters)
        .increment();
  }

  private static ProducerRecord<String, byte[]> record(EventEnvelope<?> envelope) {
    RecordHeaders headers = new RecordHeaders();
    byte[] value = EventCodec.encode(envelope, headers);
    return new ProducerRecord<>(
        Topics.of(envelope.data()).name(), null, envelope.data().subject(), value, headers);
  }

  private static RecordPosition position(SendResult<String, byte[]> result) {
    var metadata = result.getRecordMetadata();
    return new RecordPosition(metadata.topic(), metadata.partition(), metadata.offset());
  }
}
