package io.echopilot.starter;

import io.echopilot.events.EventCodec;
import io.echopilot.events.EventTypes;
import io.micrometer.core.instrument.MeterRegistry;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.jspecify.annotations.Nullable;
import org.springframework.kafka.listener.RecordInterceptor;
import org.springframework.kafka.listener.adapter.RecordFilterStrategy;

/** Keeps from listeners what is not for them, and remembers the trace of what is. */
final class RecordScreen
    implements RecordFilterStrategy<String, byte[]>, RecordInterceptor<String, byte[]> {
  private final MeterRegistry meters;

  RecordScreen(MeterRegistry meters) {
    this.meters = meters;
  }

  /** Skips tombstones, and types that only later versions know; the latter are counted. */
  @Override
  @SuppressWarnings(
      "NullAway") // a compacted topic does hold null values, whatever the signature says
  public boolean filter(ConsumerRecord<String, byte[]> record) {
    if (record.value() == null) {
      return true;
    }
    String type = EventCodec.text(record.headers(), EventCodec.TYPE);
    if (type == null || EventTypes.named(type).isPresent()) {
      return false;
    }
    meters.counter("echopilot.events.skipped", "topic", record.topic()).increment();
    return true;
  }

  @Override
  public @Nullable ConsumerRecord<String, byte[]> intercept(
      ConsumerRecord<String, byte[]> record, Consumer<String, byte[]> consumer) {
    CurrentTrace.set(EventCodec.text(record.headers(), EventCodec.TRACEPARENT));
    return record;
  }

  @Override
  public void afterRecord(
      ConsumerRecord<String, byte[]> record, Consumer<String, byte[]> consumer) {
    CurrentTrace.clear();
  }
}
