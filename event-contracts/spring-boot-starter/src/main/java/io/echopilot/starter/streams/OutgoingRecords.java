package io.echopilot.starter.streams;

import io.echopilot.events.Event;
import io.echopilot.events.EventCodec;
import io.echopilot.events.EventEnvelope;
import io.echopilot.events.RecordPosition;
import io.echopilot.events.Topics;
import io.echopilot.starter.DeadLetters;
import java.time.Instant;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.header.Headers;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.apache.kafka.streams.processor.api.Record;
import org.jspecify.annotations.Nullable;

/**
 * Makes the records that leave an application's topology. The same decision makes the same bytes.
 */
public final class OutgoingRecords {
  private final String application;

  public OutgoingRecords(String application) {
    this.application = application;
  }

  /**
   * An event on its own topic.
   *
   * @param id made from its cause, so that the same cause yields the same id
   * @param traceparent null where none is to be carried on
   */
  public Record<String, Outgoing> event(
      Event event, String id, Instant time, @Nullable String traceparent) {
    Headers headers = new RecordHeaders();
    EventEnvelope<?> envelope =
        new EventEnvelope<>(id, "/echopilot/" + application, time, traceparent, event);
    byte[] value = EventCodec.encode(envelope, headers);
    return new Record<>(
        event.subject(),
        new Outgoing(Topics.of(event).name(), value),
        time.toEpochMilli(),
        headers);
  }

  /** Takes a key from a compacted topic. */
  public static Record<String, Outgoing> tombstone(String topic, String key, Instant time) {
    return new Record<>(key, new Outgoing(topic, null), time.toEpochMilli());
  }

  /** Sets aside a record that could not be taken. */
  public Record<String, Outgoing> deadLetter(
      Record<String, byte[]> record, RecordPosition position, String reason) {
    ProducerRecord<String, byte[]> letter =
        DeadLetters.letter(
            position, record.key(), record.value(), record.headers(), application, reason);
    return new Record<>(
        letter.key(),
        new Outgoing(letter.topic(), letter.value()),
        record.timestamp(),
        letter.headers());
  }
}
