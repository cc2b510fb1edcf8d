package io.echopilot.failover.stream;

import io.echopilot.events.EventTypes;
import io.echopilot.events.FailoverEvent;
import io.echopilot.events.FailoverStateEvent.FailoverState;
import io.echopilot.events.TopicNames;
import io.echopilot.starter.streams.Outgoing;
import io.echopilot.starter.streams.OutgoingRecords;
import java.time.Instant;
import org.apache.kafka.streams.processor.api.Record;
import org.jspecify.annotations.Nullable;

/** Names what leaves the topology: an id is made from what led to it. */
final class Outbox {
  static final OutgoingRecords RECORDS = new OutgoingRecords("failover-service");

  private Outbox() {}

  static Record<String, Outgoing> event(FailoverEvent event, @Nullable String traceparent) {
    String id =
        String.join(
            "/",
            event.service().value(),
            Long.toString(event.rationale().sequence()),
            EventTypes.nameOf(event.getClass()));
    return RECORDS.event(event, id, event.rationale().now(), traceparent);
  }

  /** A view, named by what changed it: many records may have been appended in one instant. */
  static Record<String, Outgoing> view(
      FailoverState view, String cause, Instant now, @Nullable String traceparent) {
    return RECORDS.event(view, "%s/%s".formatted(view.service(), cause), now, traceparent);
  }

  /** The service is no longer protected: its view goes from the compacted topic. */
  static Record<String, Outgoing> gone(String service, Instant now) {
    return OutgoingRecords.tombstone(TopicNames.FAILOVER_STATE, service, now);
  }
}
