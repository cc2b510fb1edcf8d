package io.echopilot.starter.streams;

import static java.util.Objects.requireNonNull;

import io.echopilot.events.Event;
import io.echopilot.events.EventCodec.Decoded;
import io.echopilot.events.EventEnvelope;
import io.echopilot.events.RecordPosition;
import java.time.Instant;
import org.apache.kafka.streams.processor.api.Processor;
import org.apache.kafka.streams.processor.api.ProcessorContext;
import org.apache.kafka.streams.processor.api.Record;
import org.apache.kafka.streams.processor.api.RecordMetadata;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A step of a topology that decides on events: reads records, sets aside what can't be taken, and
 * sends what was decided.
 */
public abstract class EventProcessor implements Processor<String, byte[], String, Outgoing> {
  private static final Logger log = LoggerFactory.getLogger(EventProcessor.class);

  private final EventStreams streams;
  private @Nullable ProcessorContext<String, Outgoing> context;

  protected EventProcessor(EventStreams streams) {
    this.streams = streams;
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
  protected abstract void arrived(
      String key, EventEnvelope<?> envelope, RecordPosition position, Instant now);

  @Override
  public void process(Record<String, byte[]> record) {
    RecordMetadata metadata = context().recordMetadata().orElseThrow();
    RecordPosition position =
        new RecordPosition(metadata.topic(), metadata.partition(), metadata.offset());
    switch (streams.arrivals().decode(position, record)) {
      case Decoded.Known(var envelope) -> take(record, envelope, position);
      case Decoded.Malformed(String reason) -> setAside(record, position, reason);
      case Decoded.UnknownType _ ->
          streams
              .meters()
              .counter("echopilot.events.skipped", "topic", position.topic())
              .increment();
      case Decoded.Tombstone _ -> {}
    }
  }

  private void take(
      Record<String, byte[]> record, EventEnvelope<?> envelope, RecordPosition position) {
    try {
      arrived(record.key(), envelope, position, Instant.ofEpochMilli(record.timestamp()));
    } catch (IllegalArgumentException | IllegalStateException e) {
      log.error("{} could not be taken and goes to the dead letters", position, e);
      setAside(record, position, streams.application() + " failed on it, a bug: " + e);
    }
  }

  private void setAside(Record<String, byte[]> record, RecordPosition position, String reason) {
    log.warn("{} goes to the dead letters: {}", position, reason);
    streams
        .meters()
        .counter("echopilot.events.dead.lettered", "topic", position.topic())
        .increment();
    context().forward(streams.records().deadLetter(record, position, reason));
  }

  /** Sends at once: somebody waits for it. */
  protected void send(Event event, String id, Instant now, @Nullable String traceparent) {
    sendLater(event, id, now, traceparent);
    context().commit();
  }

  /** Sends with the next commit. */
  protected void sendLater(Event event, String id, Instant now, @Nullable String traceparent) {
    context().forward(streams.records().event(event, id, now, traceparent));
  }

  protected final ProcessorContext<String, Outgoing> context() {
    return requireNonNull(context);
  }
}
