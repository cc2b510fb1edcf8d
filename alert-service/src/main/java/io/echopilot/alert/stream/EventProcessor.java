package io.echopilot.alert.stream;

import static java.util.Objects.requireNonNull;

import io.echopilot.events.Event;
import io.echopilot.events.EventCodec.Decoded;
import io.echopilot.events.EventEnvelope;
import io.echopilot.events.RecordPosition;
import io.echopilot.starter.streams.Arrivals;
import io.echopilot.starter.streams.Outgoing;
import io.echopilot.starter.streams.OutgoingRecords;
import io.micrometer.core.instrument.MeterRegistry;
import java.time.Instant;
import org.apache.kafka.streams.processor.api.Processor;
import org.apache.kafka.streams.processor.api.ProcessorContext;
import org.apache.kafka.streams.processor.api.Record;
import org.apache.kafka.streams.processor.api.RecordMetadata;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** What both processors share: reading records, setting aside what can't be taken, and sending. */
abstract class EventProcessor implements Processor<String, byte[], String, Outgoing> {
  private static final Logger log = LoggerFactory.getLogger(EventProcessor.class);
  private static final OutgoingRecords RECORDS = new OutgoingRecords("alert-service");

  private final Arrivals arrivals;
  private final MeterRegistry meters;
  private @Nullable ProcessorContext<String, Outgoing> context;

  EventProcessor(Arrivals arrivals, MeterRegistry meters) {
    this.arrivals = arrivals;
    this.meters = meters;
  }

  @Override
  public void init(ProcessorContext<String, Outgoing> initialContext) {
    context = initialContext;
  }

  /**
   * An event came; throws when it can't be taken, before anything was kept or sent.
   *
   * @param now when it was appended
   */
  abstract void arrived(
      String key, EventEnvelope<?> envelope, RecordPosition position, Instant now);

  @Override
  public void process(Record<String, byte[]> record) {
    RecordMetadata metadata = context().recordMetadata().orElseThrow();
    RecordPosition position =
        new RecordPosition(metadata.topic(), metadata.partition(), metadata.offset());
    switch (arrivals.decode(position, record)) {
      case Decoded.Known(var envelope) -> take(record, envelope, position);
      case Decoded.Malformed(String reason) -> setAside(record, position, reason);
      case Decoded.UnknownType _ ->
          meters.counter("echopilot.events.skipped", "topic", position.topic()).increment();
      case Decoded.Tombstone _ -> {}
    }
  }

  private void take(
      Record<String, byte[]> record, EventEnvelope<?> envelope, RecordPosition position) {
    try {
      arrived(record.key(), envelope, position, Instant.ofEpochMilli(record.timestamp()));
    } catch (IllegalArgumentException | IllegalStateException e) {
      log.error("{} could not be taken and goes to the dead letters", position, e);
      setAside(record, position, "alert-service failed on it, a bug: " + e);
    }
  }

  private void setAside(Record<String, byte[]> record, RecordPosition position, String reason) {
    log.warn("{} goes to the dead letters: {}", position, reason);
    meters.counter("echopilot.events.dead.lettered", "topic", position.topic()).increment();
    context().forward(RECORDS.deadLetter(record, position, reason));
  }

  /** Sends at once: people wait for it. */
  void send(Event event, String id, Instant now, @Nullable String traceparent) {
    context().forward(RECORDS.event(event, id, now, traceparent));
    context().commit();
  }

  private ProcessorContext<String, Outgoing> context() {
    return requireNonNull(context);
  }
}
