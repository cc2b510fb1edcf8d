package io.echopilot.dashboard.timeline;

import static io.echopilot.dashboard.Happenings.NOON;
import static io.echopilot.dashboard.Happenings.opened;
import static io.echopilot.dashboard.Happenings.success;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.echopilot.events.Event;
import io.echopilot.events.EventCodec;
import io.echopilot.events.EventCodec.Decoded;
import io.echopilot.events.EventEnvelope;
import io.echopilot.events.TimelineEvent;
import io.echopilot.events.TimelineEvent.ProbesSummarized;
import io.echopilot.events.TopicNames;
import io.echopilot.events.Topics;
import io.echopilot.starter.streams.EventStreams;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Properties;
import org.apache.kafka.common.header.Headers;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.common.serialization.StringDeserializer;
import org.apache.kafka.common.serialization.StringSerializer;
import org.apache.kafka.streams.StreamsBuilder;
import org.apache.kafka.streams.StreamsConfig;
import org.apache.kafka.streams.TestOutputTopic;
import org.apache.kafka.streams.TopologyTestDriver;
import org.apache.kafka.streams.test.TestRecord;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class TimelineTopologyTest {
  private static final Duration SPAN = Duration.ofMinutes(1);
  private Instant now = NOON;
  private final TopologyTestDriver driver = driver();
  private final TestOutputTopic<String, byte[]> timeline =
      driver.createOutputTopic(
          TopicNames.TIMELINE, new StringDeserializer(), new ByteArrayDeserializer());

  @AfterEach
  void close() {
    driver.close();
  }

  @Test
  void anEventStandsOnTheTimelineAsItIsAndSaysWhereItCameFrom() {
    RecordHeaders headers = new RecordHeaders();
    byte[] value = EventCodec.encode(envelope(opened("a")), headers);
    // A field of a later version: not to be lost on the way.
    byte[] later = new String(value, UTF_8).replaceFirst("\\{", "{\"later\":1,").getBytes(UTF_8);
    pipe(TopicNames.INCIDENTS, "a", later, headers);

    TestRecord<String, byte[]> record = timeline.readRecord();

    assertThat(record.value()).isEqualTo(later);
    assertThat(record.key()).isEqualTo("a");
    assertThat(EventCodec.text(record.headers(), EventCodec.TYPE))
        .isEqualTo("io.echopilot.incident.opened.v1");
    assertThat(EventCodec.text(record.headers(), TimelineEvent.ORIGIN))
        .isEqualTo("echopilot.incidents-0@0");
  }

  @Test
  void whatIsTakenFromACompactedTopicIsNoEvent() {
    pipe(TopicNames.FAILOVER_STATE, "demo", null, new RecordHeaders());

    assertThat(timeline.isEmpty()).isTrue();
  }

  @Test
  void resultsBecomeOneSummaryWhenTheNextSpanBegins() {
    at(NOON.plusSeconds(1), success("demo", "primary", Duration.ofMillis(10)));
    at(NOON.plusSeconds(59), success("demo", "primary", Duration.ofMillis(30)));
    assertThat(timeline.isEmpty()).isTrue();

    at(NOON.plusSeconds(61), success("demo", "primary", Duration.ofMillis(99)));

    assertThat(summaries())
        .singleElement()
        .satisfies(summary -> {
          assertThat(summary.from()).isEqualTo(NOON);
          assertThat(summary.sites().getFirst().mean()).isEqualTo(Duration.ofMillis(20));
        });
  }

  @Test
  void aSpanIsSummedUpWithoutAFurtherResultToo() {
    at(NOON.plusSeconds(1), success("demo", "primary", Duration.ofMillis(10)));

    wallClock(NOON.plusSeconds(59));
    assertThat(timeline.isEmpty()).isTrue();
    wallClock(NOON.plusSeconds(60));

    assertThat(summaries()).hasSize(1);
    wallClock(NOON.plusSeconds(180));
    assertThat(timeline.isEmpty()).isTrue();
  }

  private List<ProbesSummarized> summaries() {
    return timeline.readRecordsToList().stream()
        .map(record ->
            EventCodec.decode(TopicNames.TIMELINE, record.key(), record.headers(), record.value()))
        .map(decoded -> (ProbesSummarized) ((Decoded.Known) decoded).envelope().data())
        .toList();
  }

  private void at(Instant appended, Event event) {
    now = appended;
    RecordHeaders headers = new RecordHeaders();
    byte[] value = EventCodec.encode(envelope(event), headers);
    pipe(Topics.of(event).name(), event.subject(), value, headers);
  }

  private void wallClock(Instant time) {
    Duration passed = Duration.between(now, time);
    now = time;
    driver.advanceWallClockTime(passed);
  }

  private void pipe(String topic, String key, byte @Nullable [] value, Headers headers) {
    driver
        .createInputTopic(topic, new StringSerializer(), new ByteArraySerializer())
        .pipeInput(new TestRecord<>(key, value, headers, now));
  }

  private static EventEnvelope<?> envelope(Event event) {
    return new EventEnvelope<>("1", "/test", NOON, null, event);
  }

  private TopologyTestDriver driver() {
    StreamsBuilder builder = new StreamsBuilder();
    Clock clock =
        new Clock() {
          @Override
          public Instant instant() {
            return now;
          }

          @Override
          public ZoneOffset getZone() {
            return ZoneOffset.UTC;
          }

          @Override
          public Clock withZone(ZoneId zone) {
            return this;
          }
        };
    TimelineTopology.build(
        builder, EventStreams.of("test", 1, new SimpleMeterRegistry()), SPAN, clock);
    Properties config = new Properties();
    config.put(StreamsConfig.APPLICATION_ID_CONFIG, "timeline-test");
    config.put(StreamsConfig.BOOTSTRAP_SERVERS_CONFIG, "nowhere:1");
    return new TopologyTestDriver(builder.build(), config, NOON);
  }
}
