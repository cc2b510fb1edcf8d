package io.echopilot.backup.stream;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.echopilot.backup.plan.Completions;
import io.echopilot.backup.plan.Schedule;
import io.echopilot.events.BackupCommand.BackupRequested;
import io.echopilot.events.BackupEvent.BackupFailed;
import io.echopilot.events.BackupReason;
import io.echopilot.events.BackupStep;
import io.echopilot.events.Event;
import io.echopilot.events.EventCodec;
import io.echopilot.events.EventCodec.Decoded;
import io.echopilot.events.EventEnvelope;
import io.echopilot.events.ServiceId;
import io.echopilot.events.SourceId;
import io.echopilot.events.TopicNames;
import io.echopilot.events.Topics;
import io.echopilot.starter.ManualClock;
import io.echopilot.starter.streams.EventStreams;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.Set;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.common.serialization.StringDeserializer;
import org.apache.kafka.common.serialization.StringSerializer;
import org.apache.kafka.streams.StreamsBuilder;
import org.apache.kafka.streams.StreamsConfig;
import org.apache.kafka.streams.TopologyTestDriver;
import org.apache.kafka.streams.test.TestRecord;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** The topology in Kafka's test driver, whose one task has partition 0. */
class BackupTopologyTest {
  private static final Instant START = Instant.parse("2026-11-26T02:29:58Z");
  private static final SourceId DEMO = new SourceId("demo");

  private final ManualClock clock = new ManualClock(START);
  private final List<BackupRequested> requests = new ArrayList<>();
  private TopologyTestDriver driver = driver(1);

  @AfterEach
  void close() {
    driver.close();
  }

  @Test
  void whatIsDueIsAskedForOnce() {
    advance(Duration.ofSeconds(1));
    assertThat(requests).isEmpty();

    for (int i = 0; i < 20; i++) {
      advance(Duration.ofMillis(500));
    }

    assertThat(requests).hasSize(1);
    assertThat(requests.getFirst().backup().value()).isEqualTo("dr_backup_20261126_023000_demo");
  }

  @Test
  void aTaskOfAnotherPartitionAsksForNothing() {
    driver.close();
    // With twelve partitions the key demo belongs to another one than 0, else this proves nothing.
    assertThat(EventStreams.of("t", 12, new SimpleMeterRegistry()).arrivals().partitionOf("demo"))
        .isNotZero();
    driver = driver(12);

    advance(Duration.ofSeconds(1));
    advance(Duration.ofDays(2));

    assertThat(requests).isEmpty();
  }

  @Test
  void aFailoverOfAServiceThatUsesTheDatabaseAsksForASafetyBackup() {
    send("a", Completions.of("shop", 3, START));
    send("b", Completions.of("shop", 3, START));
    send("c", Completions.of("stranger", 1, START));

    assertThat(requests)
        .singleElement()
        .satisfies(request -> {
          assertThat(request.reason()).isEqualTo(BackupReason.FAILOVER);
          assertThat(request.service()).isEqualTo(new ServiceId("shop"));
          assertThat(request.source()).isEqualTo(DEMO);
        });
  }

  @Test
  void aFailureIsTriedAgainAfterItsWait() {
    send("a", Completions.of("shop", 3, START));
    BackupRequested first = requests.getFirst();
    send(
        "b",
        new BackupFailed(DEMO, first.backup(), 1, BackupStep.DUMP, "the server is gone", START));

    advance(Duration.ofMillis(1_900));
    assertThat(requests).hasSize(1);
    advance(Duration.ofMillis(200));

    assertThat(requests)
        .filteredOn(request -> request.backup().equals(first.backup()))
        .extracting(BackupRequested::attempt)
        .containsExactly(1, 2);
  }

  @Test
  void garbageGoesToTheDeadLettersAndStopsNothing() {
    for (String topic : List.of(TopicNames.BACKUP_COMMANDS, TopicNames.BACKUP_EVENTS)) {
      driver
          .createInputTopic(topic, new StringSerializer(), new ByteArraySerializer())
          .pipeInput("demo", new byte[] {1, 2});
      assertThat(
              driver
                  .createOutputTopic(
                      topic + ".dlt", new StringDeserializer(), new ByteArrayDeserializer())
                  .readRecordsToList())
          .hasSize(1);
    }

    advance(Duration.ofMillis(100));
    advance(Duration.ofSeconds(3));
    assertThat(requests).hasSize(1);
  }

  private TopologyTestDriver driver(int partitions) {
    StreamsBuilder builder = new StreamsBuilder();
    Schedule schedule =
        new Schedule(
            "0 30 2 * * *",
            new CronTimetable("0 30 2 * * *"),
            3,
            Duration.ofSeconds(2),
            Duration.ofSeconds(10));
    BackupTopology.build(
        builder,
        EventStreams.of("backup-service", partitions, new SimpleMeterRegistry()),
        new Sources(Map.of(DEMO, schedule), Map.of(DEMO, Set.of(new ServiceId("shop")))),
        clock);
    Properties config = new Properties();
    config.put(StreamsConfig.APPLICATION_ID_CONFIG, "test");
    config.put(StreamsConfig.BOOTSTRAP_SERVERS_CONFIG, "nowhere:1");
    return new TopologyTestDriver(builder.build(), config, START);
  }

  private void advance(Duration time) {
    clock.advance(time);
    driver.advanceWallClockTime(time);
    collect();
  }

  private void send(String id, Event event) {
    RecordHeaders headers = new RecordHeaders();
    byte[] value =
        EventCodec.encode(new EventEnvelope<>(id, "/test", clock.instant(), null, event), headers);
    driver
        .createInputTopic(
            Topics.of(event).name(), new StringSerializer(), new ByteArraySerializer())
        .pipeInput(new TestRecord<>(event.subject(), value, headers, clock.instant()));
    collect();
  }

  private void collect() {
    driver
        .createOutputTopic(
            TopicNames.BACKUP_COMMANDS, new StringDeserializer(), new ByteArrayDeserializer())
        .readRecordsToList()
        .forEach(record -> {
          Decoded decoded =
              EventCodec.decode(
                  TopicNames.BACKUP_COMMANDS, record.key(), record.headers(), record.value());
          assertThat(decoded)
              .as(() -> new String(record.value(), UTF_8))
              .isInstanceOf(Decoded.Known.class);
          requests.add((BackupRequested) ((Decoded.Known) decoded).envelope().data());
        });
  }
}
