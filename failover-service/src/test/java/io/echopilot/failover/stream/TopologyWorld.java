package io.echopilot.failover.stream;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.echopilot.events.Event;
import io.echopilot.events.EventCodec;
import io.echopilot.events.EventCodec.Decoded;
import io.echopilot.events.EventEnvelope;
import io.echopilot.events.TopicNames;
import io.echopilot.starter.ManualClock;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.apache.kafka.common.header.Header;
import org.apache.kafka.common.header.Headers;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.common.serialization.StringDeserializer;
import org.apache.kafka.common.serialization.StringSerializer;
import org.apache.kafka.streams.StreamsBuilder;
import org.apache.kafka.streams.StreamsConfig;
import org.apache.kafka.streams.TopologyTestDriver;
import org.apache.kafka.streams.state.KeyValueStore;
import org.apache.kafka.streams.test.TestRecord;
import org.jspecify.annotations.Nullable;

/** The topology in Kafka's test driver: all records stand in partition 0. */
final class TopologyWorld implements AutoCloseable {
  final SimpleMeterRegistry meters = new SimpleMeterRegistry();
  private final ManualClock clock = new ManualClock(Story.START);
  private final TopologyTestDriver driver;
  private final List<Output> outputs = new ArrayList<>();

  /** A record that left the topology, comparable to the byte. */
  record Output(
      String topic,
      @Nullable String key,
      @Nullable String value,
      Map<String, String> headers,
      Instant time) {

    Decoded decoded() {
      Headers all = new RecordHeaders();
      headers.forEach((name, text) -> all.add(name, text.getBytes(UTF_8)));
      return EventCodec.decode(topic, key, all, value == null ? null : value.getBytes(UTF_8));
    }

    EventEnvelope<?> envelope() {
      return ((Decoded.Known) decoded()).envelope();
    }
  }

  TopologyWorld(int partitions) {
    StreamsBuilder builder = new StreamsBuilder();
    FailoverTopology.build(builder, partitions, clock, new StreamMeters(meters));
    Properties config = new Properties();
    config.put(StreamsConfig.APPLICATION_ID_CONFIG, "test");
    config.put(StreamsConfig.BOOTSTRAP_SERVERS_CONFIG, "nowhere:1");
    driver = new TopologyTestDriver(builder.build(), config, Story.START);
  }

  TopologyWorld play(Story story) {
    story.lines().forEach(this::play);
    return this;
  }

  void play(Story.Line line) {
    driver
        .createInputTopic(line.topic(), new StringSerializer(), new ByteArraySerializer())
        .pipeInput(new TestRecord<>(line.key(), line.bytes(), line.headers(), line.appended()));
    advance(Duration.ZERO);
  }

  /** Moves the wall clock, and lets the punctuators have their turn. */
  void advance(Duration time) {
    clock.advance(time);
    driver.advanceWallClockTime(time.plusMillis(100));
    collect();
  }

  private void collect() {
    Stream.of(TopicNames.FAILOVER_EVENTS, TopicNames.FAILOVER_STATE).forEach(this::collect);
    Inputs.TOPICS.forEach(topic -> collect(topic + ".dlt"));
  }

  private void collect(String topic) {
    driver
        .createOutputTopic(topic, new StringDeserializer(), new ByteArrayDeserializer())
        .readRecordsToList()
        .forEach(record ->
            outputs.add(
                new Output(
                    topic,
                    record.key(),
                    record.value() == null ? null : new String(record.value(), UTF_8),
                    headers(record.headers()),
                    record.getRecordTime())));
  }

  private static Map<String, String> headers(Headers headers) {
    return Arrays.stream(headers.toArray())
        .collect(Collectors.toMap(Header::key, header -> new String(header.value(), UTF_8)));
  }

  /** Everything that left, in order per topic. */
  List<Output> outputs() {
    return List.copyOf(outputs);
  }

  List<Output> on(String topic) {
    return outputs.stream().filter(output -> output.topic().equals(topic)).toList();
  }

  List<Event> events() {
    return on(TopicNames.FAILOVER_EVENTS).stream()
        .<Event>map(output -> output.envelope().data())
        .toList();
  }

  List<String> eventNames() {
    return events().stream().map(event -> event.getClass().getSimpleName()).toList();
  }

  <T extends Event> T last(Class<T> type) {
    return events().stream()
        .filter(type::isInstance)
        .map(type::cast)
        .reduce((_, later) -> later)
        .orElseThrow();
  }

  KeyValueStore<String, byte[]> store() {
    return driver.getKeyValueStore(ServiceStore.NAME);
  }

  @Override
  public void close() {
    driver.close();
  }
}
