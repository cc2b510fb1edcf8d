package io.echopilot.dashboard.timeline;

import static java.nio.charset.StandardCharsets.UTF_8;
import static java.util.Objects.requireNonNull;

import io.echopilot.events.RecordPosition;
import io.echopilot.events.TimelineEvent;
import org.apache.kafka.streams.processor.api.FixedKeyProcessor;
import org.apache.kafka.streams.processor.api.FixedKeyProcessorContext;
import org.apache.kafka.streams.processor.api.FixedKeyRecord;
import org.apache.kafka.streams.processor.api.RecordMetadata;
import org.jspecify.annotations.Nullable;

/** Says on the timeline where a record came from. */
final class OriginStamp implements FixedKeyProcessor<byte[], byte[], byte[]> {
  private @Nullable FixedKeyProcessorContext<byte[], byte[]> context;

  @Override
  public void init(FixedKeyProcessorContext<byte[], byte[]> initialContext) {
    context = initialContext;
  }

  @Override
  public void process(FixedKeyRecord<byte[], byte[]> record) {
    RecordMetadata from = requireNonNull(context).recordMetadata().orElseThrow();
    RecordPosition origin = new RecordPosition(from.topic(), from.partition(), from.offset());
    record.headers().add(TimelineEvent.ORIGIN, origin.toString().getBytes(UTF_8));
    context.forward(record);
  }
}
