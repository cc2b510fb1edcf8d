package io.echopilot.failover.stream;

import static java.nio.charset.StandardCharsets.UTF_8;
import static java.util.Objects.requireNonNull;

import io.echopilot.events.EventCodec;
import io.echopilot.starter.ManualClock;
import io.echopilot.starter.streams.Arrivals;
import io.echopilot.starter.streams.Outgoing;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.TreeMap;
import org.apache.kafka.common.serialization.Serdes;
import org.apache.kafka.streams.StreamsConfig;
import org.apache.kafka.streams.processor.api.MockProcessorContext;
import org.apache.kafka.streams.processor.api.Record;
import org.apache.kafka.streams.state.KeyValueStore;

/** The processor alone, over a store that outlives it. */
final class ProcessorWorld {
  private final ManualClock clock = new ManualClock(Story.START);
  private final Map<String, Long> offsets = new TreeMap<>();
  private final List<String> outputs = new ArrayList<>();
  private final KeyValueStore<String, byte[]> store =
      ServiceStore.builder().withLoggingDisabled().build();
  private MockProcessorContext<String, Outgoing> context = context();
  private DecisionProcessor processor;

  ProcessorWorld() {
    store.init(context.getStateStoreContext(), store);
    processor = start();
  }

  private static MockProcessorContext<String, Outgoing> context() {
    Properties config = new Properties();
    config.put(StreamsConfig.APPLICATION_ID_CONFIG, "test");
    config.put(StreamsConfig.BOOTSTRAP_SERVERS_CONFIG, "nowhere:1");
    config.put(StreamsConfig.DEFAULT_KEY_SERDE_CLASS_CONFIG, Serdes.StringSerde.class);
    config.put(StreamsConfig.DEFAULT_VALUE_SERDE_CLASS_CONFIG, Serdes.ByteArraySerde.class);
    return new MockProcessorContext<>(config);
  }

  private DecisionProcessor start() {
    context.addStateStore(store);
    var started =
        new DecisionProcessor(
            clock,
            new Arrivals(1),
            new StreamMeters(new SimpleMeterRegistry()),
            ThreadLocal.withInitial(Backlog::new));
    started.init(context);
    return started;
  }

  /** Another processor goes on with the same store. */
  void restart() {
    context = context();
    processor = start();
  }

  KeyValueStore<String, byte[]> store() {
    return store;
  }

  void play(List<Story.Line> lines) {
    for (Story.Line line : lines) {
      long offset = offsets.merge(line.topic(), 0L, (last, _) -> last + 1);
      context.setRecordMetadata(line.topic(), 0, offset);
      processor.process(
          new Record<>(
              requireNonNull(line.key()),
              line.bytes(),
              line.appended().toEpochMilli(),
              line.headers()));
      advance(Duration.ZERO);
    }
  }

  void advance(Duration time) {
    clock.advance(time);
    context.scheduledPunctuators().getFirst().getPunctuator().punctuate(0);
    collect();
  }

  private void collect() {
    context.forwarded().forEach(forward -> outputs.add(text(forward.record())));
    context.resetForwards();
  }

  private static String text(Record<? extends String, ? extends Outgoing> record) {
    byte[] value = Outgoing.SERIALIZER.serialize(record.value().topic(), record.value());
    return "%s %s %s %s %s"
        .formatted(
            record.value().topic(),
            record.key(),
            record.timestamp(),
            EventCodec.text(record.headers(), EventCodec.ID),
            value == null ? null : new String(value, UTF_8));
  }

  /** What left, to the byte. */
  List<String> outputs() {
    return List.copyOf(outputs);
  }

  void forget() {
    outputs.clear();
    context.resetCommit();
  }

  boolean committed() {
    return context.committed();
  }
}
