package io.echopilot.failover.stream;

import io.echopilot.events.Event;
import io.echopilot.events.EventCodec;
import io.echopilot.events.EventEnvelope;
import io.echopilot.events.EventTypes;
import io.echopilot.events.FailoverEvent;
import io.echopilot.events.FailoverStateEvent.FailoverState;
import io.echopilot.events.RecordPosition;
import io.echopilot.events.TopicNames;
import io.echopilot.events.Topics;
import io.echopilot.starter.DeadLetters;
import java.time.Instant;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.header.Headers;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.apache.kafka.streams.processor.api.Record;
import org.jspecify.annotations.Nullable;

/** Makes the records that leave the topology. The same decision makes the same bytes. */
final class Outbox {
  private static final String SOURCE = "/echopilot/failover-service";

  private Outbox() {}

  static Record<String, Outgoing> event(FailoverEvent event, @Nullable String traceparent) {
    String id =
        String.join(
            "/",
            event.service().value(),
            Long.toString(event.rationale().sequence()),
            EventTypes.nameOf(event.getClass()));
    return record(event, id, event.rationale().now(), traceparent);
  }

  /** A view, named by what changed it: many records may have been appended in one instant. */
  static Record<String, Outgoing> view(
      FailoverState view, String cause, Instant now, @Nullable String traceparent) {
    return record(view, "%s/%s".formatted(view.service(), cause), now, traceparent);
  }

  /** The service is no longer protected: its view goes from the compacted topic. */
  static Record<String, Outgoing> gone(String service, Instant now) {
    return new Record<>(service, new Outgoing(TopicNames.FAILOVER_STATE, null), now.toEpochMilli());
  }

  static Record<String, Outgoing> deadLetter(
      Record<String, byte[]> record, RecordPosition position, String reason) {
    ProducerRecord<String, byte[]> letter =
        DeadLetters.letter(
            position, record.key(), record.value(), record.headers(), "failover-service", reason);
    return new Record<>(
        letter.key(),
        new Outgoing(letter.topic(), letter.value()),
        record.timestamp(),
        letter.headers());
  }

  private static Record<String, Outgoing> record(
      Event event, String id, Instant time, @Nullable String traceparent) {
    Headers headers = new RecordHeaders();
    byte[] value =
        EventCodec.encode(new EventEnvelope<>(id, SOURCE, time, traceparent, event), headers);
    return new Record<>(
        event.subject(),
        new Outgoing(Topics.of(event).name(), value),
        time.toEpochMilli(),
        headers);
  }
}
