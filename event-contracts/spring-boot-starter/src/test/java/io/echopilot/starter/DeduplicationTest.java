package io.echopilot.starter;

import static io.echopilot.starter.StarterWorld.PATIENCE;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.echopilot.events.EventCodec;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.UUID;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.header.Headers;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.apache.kafka.common.serialization.Serdes;
import org.apache.kafka.common.serialization.StringDeserializer;
import org.apache.kafka.common.serialization.StringSerializer;
import org.apache.kafka.streams.KafkaStreams;
import org.apache.kafka.streams.StreamsBuilder;
import org.apache.kafka.streams.StreamsConfig;
import org.apache.kafka.streams.TestInputTopic;
import org.apache.kafka.streams.TestOutputTopic;
import org.apache.kafka.streams.Topology;
import org.apache.kafka.streams.TopologyTestDriver;
import org.apache.kafka.streams.kstream.Consumed;
import org.apache.kafka.streams.kstream.Produced;
import org.apache.kafka.streams.test.TestRecord;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DeduplicationTest {
  private static final Instant START = Instant.parse("2026-11-24T03:00:00Z");
  private static final Duration MEMORY = Duration.ofMinutes(10);

  @Test
  void anEventIsLetThroughOnce() {
    assertThat(
            letThrough(
                List.of(event("a", 1, 0), event("a", 1, 1), event("a", 2, 2), event("a", 1, 3))))
        .containsExactly("a1@0", "a2@2");
  }

  @Test
  void theSameIdFromAnotherSourceIsAnotherEvent() {
    assertThat(letThrough(List.of(event("a", 1, 0), event("b", 1, 1))))
        .containsExactly("a1@0", "b1@1");
  }

  @Test
  void anEventIsRememberedForAsLongAsSaidAndNoLonger() {
    assertThat(letThrough(List.of(event("a", 1, 0), event("a", 1, 600), event("a", 1, 601))))
        .containsExactly("a1@0", "a1@601");
  }

  @Test
  void aRecordWithoutIdIsLetThrough() {
    assertThat(letThrough(List.of(event(null, 1, 0), event(null, 1, 1))))
        .containsExactly("null1@0", "null1@1");
  }

  @Test
  void neitherARestartNorTheLossOfTheDiskForgets(@TempDir Path before, @TempDir Path after)
      throws Exception {
    String name = "dedup-" + UUID.randomUUID();
    try (Admin admin = Admin.create(Map.of("bootstrap.servers", TestBroker.bootstrapServers()))) {
      admin
          .createTopics(
              List.of(
                  new NewTopic(name + "-in", 1, (short) 1),
                  new NewTopic(name + "-out", 1, (short) 1)))
          .all()
          .get();
    }
    try (KafkaStreams _ = streams(name, before)) {
      publish(name, 1);
      await().atMost(PATIENCE).until(() -> !StarterWorld.read(name + "-out").isEmpty());
    }
    try (KafkaStreams _ = streams(name, after)) {
      publish(name, 1);
      publish(name, 2);
      await().atMost(PATIENCE).until(() -> StarterWorld.read(name + "-out").size() > 1);
    }

    assertThat(StarterWorld.read(name + "-out"))
        .extracting(record -> StarterWorld.header(record, EventCodec.ID))
        .containsExactly("1", "2");
  }

  private static void publish(String name, int id) throws Exception {
    StarterWorld.send(
        new ProducerRecord<>(
            name + "-in", null, "checkout", new byte[] {1}, headers("a", Integer.toString(id))));
  }

  private static KafkaStreams streams(String name, Path state) {
    KafkaStreams streams = new KafkaStreams(topology(name), settings(name, state));
    streams.start();
    return streams;
  }

  private static Properties settings(String name, Path state) {
    Properties settings = new Properties();
    settings.put(StreamsConfig.APPLICATION_ID_CONFIG, name);
    settings.put(StreamsConfig.BOOTSTRAP_SERVERS_CONFIG, TestBroker.bootstrapServers());
    settings.put(StreamsConfig.PROCESSING_GUARANTEE_CONFIG, StreamsConfig.EXACTLY_ONCE_V2);
    settings.put(StreamsConfig.REPLICATION_FACTOR_CONFIG, 1);
    settings.put(StreamsConfig.STATE_DIR_CONFIG, state.toString());
    settings.put(StreamsConfig.consumerPrefix("auto.offset.reset"), "earliest");
    // Streams does not say goodbye to its group: the next one waits for the end of the session.
    settings.put(StreamsConfig.consumerPrefix("session.timeout.ms"), 2_000);
    settings.put(StreamsConfig.consumerPrefix("heartbeat.interval.ms"), 500);
    return settings;
  }

  private static Topology topology(String name) {
    StreamsBuilder builder = new StreamsBuilder();
    builder.stream(name + "-in", Consumed.with(Serdes.String(), Serdes.ByteArray()))
        .processValues(new Deduplication<>("seen", MEMORY))
        .to(name + "-out", Produced.with(Serdes.String(), Serdes.ByteArray()));
    return builder.build();
  }

  private static List<String> letThrough(List<TestRecord<String, byte[]>> events) {
    try (TopologyTestDriver driver = new TopologyTestDriver(topology("test"))) {
      TestInputTopic<String, byte[]> in =
          driver.createInputTopic(
              "test-in", new StringSerializer(), Serdes.ByteArray().serializer());
      TestOutputTopic<String, byte[]> out =
          driver.createOutputTopic(
              "test-out", new StringDeserializer(), Serdes.ByteArray().deserializer());
      in.pipeRecordList(events);
      return out.readRecordsToList().stream().map(DeduplicationTest::text).toList();
    }
  }

  private static TestRecord<String, byte[]> event(@Nullable String source, int id, int second) {
    return new TestRecord<>(
        "checkout",
        new byte[] {(byte) id},
        source == null ? new RecordHeaders() : headers(source, Integer.toString(id)),
        START.plusSeconds(second));
  }

  private static Headers headers(String source, String id) {
    return new RecordHeaders()
        .add(EventCodec.SOURCE, source.getBytes(UTF_8))
        .add(EventCodec.ID, id.getBytes(UTF_8));
  }

  private static String text(TestRecord<String, byte[]> record) {
    return "%s%d@%d"
        .formatted(
            EventCodec.text(record.headers(), EventCodec.SOURCE),
            record.value()[0],
            Duration.between(START, record.getRecordTime()).toSeconds());
  }
}
