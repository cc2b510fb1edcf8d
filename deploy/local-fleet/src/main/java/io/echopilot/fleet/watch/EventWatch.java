package io.echopilot.fleet.watch;

import io.echopilot.events.EventCodec;
import io.echopilot.events.TopicNames;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.WakeupException;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.StringDeserializer;

/** Reads the domain events and hands each on as a line, without being a member of any group. */
public final class EventWatch implements AutoCloseable {
  private static final List<String> TOPICS =
      List.of(
          TopicNames.FAILOVER_EVENTS,
          TopicNames.LOCATION_EVENTS,
          TopicNames.INCIDENTS,
          TopicNames.ALERT_DELIVERIES,
          TopicNames.BACKUP_EVENTS);

  private final KafkaConsumer<String, byte[]> consumer;
  private final EventLines lines;
  private final Consumer<String> out;

  public EventWatch(String bootstrapServers, EventLines lines, Consumer<String> out) {
    this.lines = lines;
    this.out = out;
    consumer =
        new KafkaConsumer<>(
            Map.of(
                "bootstrap.servers", bootstrapServers,
                "isolation.level", "read_committed",
                "auto.offset.reset", "earliest",
                "enable.auto.commit", "false"),
            new StringDeserializer(),
            new ByteArrayDeserializer());
  }

  /**
   * Shows what is written from now on, and returns when closed by another thread.
   *
   * @param goesOn whether there is anything to wait for
   */
  public void runWhile(BooleanSupplier goesOn) {
    try (consumer) {
      List<TopicPartition> partitions = TOPICS.stream().flatMap(this::partitions).toList();
      consumer.assign(partitions);
      consumer.seekToEnd(partitions);
      while (goesOn.getAsBoolean()) {
        consumer.poll(Duration.ofMillis(500)).forEach(this::show);
      }
    } catch (WakeupException _) {
      // How a consumer is told to stop.
    }
  }

  @Override
  public void close() {
    consumer.wakeup();
  }

  private Stream<TopicPartition> partitions(String topic) {
    return consumer.partitionsFor(topic).stream()
        .map(partition -> new TopicPartition(topic, partition.partition()));
  }

  private void show(ConsumerRecord<String, byte[]> message) {
    switch (EventCodec.decode(message.topic(), message.key(), message.headers(), message.value())) {
      case EventCodec.Decoded.Known(var envelope) -> lines.line(envelope).ifPresent(out);
      case EventCodec.Decoded.Malformed(String reason) ->
          out.accept(
              "not an event at %s-%d@%d: %s"
                  .formatted(message.topic(), message.partition(), message.offset(), reason));
      case EventCodec.Decoded.UnknownType _, EventCodec.Decoded.Tombstone _ -> {}
    }
  }
}
