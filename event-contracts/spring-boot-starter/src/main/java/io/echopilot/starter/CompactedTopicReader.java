package io.echopilot.starter;

import io.echopilot.events.Event;
import io.echopilot.events.EventCodec;
import io.echopilot.events.EventCodec.Decoded;
import io.echopilot.events.EventEnvelope;
import io.echopilot.events.RecordPosition;
import io.echopilot.events.Topic;
import io.micrometer.core.instrument.MeterRegistry;
import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Collectors;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.TopicPartition;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.context.SmartLifecycle;
import org.springframework.kafka.listener.ConcurrentMessageListenerContainer;
import org.springframework.kafka.listener.ConsumerAwareRebalanceListener;
import org.springframework.kafka.listener.ConsumerRecordRecoverer;
import org.springframework.kafka.listener.ConsumerSeekAware;
import org.springframework.kafka.listener.MessageListener;

/**
 * Reads a compacted topic from its start at each assignment, so that what a listener knows never
 * depends on a committed offset. Made by {@link CompactedTopicReaders}.
 */
public final class CompactedTopicReader<E extends Event>
    implements SmartLifecycle, MessageListener<String, byte[]>, ConsumerSeekAware {
  private static final Logger log = LoggerFactory.getLogger(CompactedTopicReader.class);

  private static final Duration PATIENCE = Duration.ofSeconds(10);

  /** An end that could not be asked for yet. */
  private static final long UNKNOWN_END = Long.MAX_VALUE;

  private final Topic<E> topic;
  private final CompactedTopicListener<E> listener;
  private final ConcurrentMessageListenerContainer<String, byte[]> container;
  private final EndOffsets endOffsets;
  private final ConsumerRecordRecoverer deadLetters;
  private final MeterRegistry meters;
  private final Map<Integer, Long> remaining = new ConcurrentHashMap<>();
  private volatile boolean assignedOnce;

  /**
   * The offsets that a reader must reach to have read all that was there when it began. Throws
   * {@link IllegalStateException} when the broker does not tell.
   */
  interface EndOffsets {
    Map<TopicPartition, Long> of(Collection<TopicPartition> partitions);
  }

  CompactedTopicReader(
      Topic<E> topic,
      CompactedTopicListener<E> listener,
      ConcurrentMessageListenerContainer<String, byte[]> container,
      EndOffsets endOffsets,
      ConsumerRecordRecoverer deadLetters,
      MeterRegistry meters) {
    this.topic = topic;
    this.listener = listener;
    this.container = container;
    this.endOffsets = endOffsets;
    this.deadLetters = deadLetters;
    this.meters = meters;
    container.getContainerProperties().setMessageListener(this);
  }

  /** Whether all that stood in the assigned partitions when they were assigned has been read. */
  public boolean caughtUp() {
    return assignedOnce && remaining.isEmpty();
  }

  @Override
  public void onMessage(ConsumerRecord<String, byte[]> record) {
    Decoded decoded =
        EventCodec.decode(topic.name(), record.key(), record.headers(), record.value());
    switch (decoded) {
      case Decoded.Known(EventEnvelope<?> envelope) ->
          listener.updated(
              topic.family().cast(envelope.data()),
              position(record),
              Instant.ofEpochMilli(record.timestamp()));
      case Decoded.Tombstone _ -> listener.removed(record.key());
      case Decoded.UnknownType(String type) -> {
        unreadable(record, "type " + type + " is not known to this version");
        meters.counter("echopilot.events.skipped", "topic", topic.name()).increment();
      }
      case Decoded.Malformed(String reason) -> {
        unreadable(record, reason);
        setAside(record, reason);
      }
    }
    reached(record.partition(), record.offset() + 1);
  }

  private void reached(int partition, long position) {
    remaining.computeIfPresent(partition, (_, end) -> position >= end ? null : end);
  }

  /** A partition may end in a transaction's marker, which is passed over and never delivered. */
  @Override
  public void onIdleContainer(Map<TopicPartition, Long> positions, ConsumerSeekCallback callback) {
    askForEnds(
        positions.keySet().stream()
            .filter(partition -> remaining.getOrDefault(partition.partition(), 0L) == UNKNOWN_END)
            .toList());
    positions.forEach((partition, position) -> reached(partition.partition(), position));
  }

  private void unreadable(ConsumerRecord<String, byte[]> record, String reason) {
    log.warn("{} was skipped, what was known of its key stays: {}", position(record), reason);
    if (record.key() != null) {
      listener.unreadable(record.key(), reason);
    }
  }

  /** Once, when it comes: what stood there already is read again at each assignment. */
  private void setAside(ConsumerRecord<String, byte[]> record, String reason) {
    if (!remaining.containsKey(record.partition())) {
      deadLetters.accept(record, new IllegalArgumentException(reason));
    }
  }

  private static RecordPosition position(ConsumerRecord<?, ?> record) {
    return new RecordPosition(record.topic(), record.partition(), record.offset());
  }

  @Override
  public void onPartitionsAssigned(
      Map<TopicPartition, Long> assignments, ConsumerSeekCallback callback) {
    callback.seekToBeginning(assignments.keySet());
    assignments.keySet().forEach(each -> remaining.put(each.partition(), UNKNOWN_END));
    listener.assigned(numbers(assignments.keySet()));
    assignedOnce = true;
    if (container.getContainerProperties().getTopicPartitions() != null) {
      askForEnds(assignments.keySet());
    }
  }

  /** Asks for the ends by the connection that is there: whoever takes over is in a hurry. */
  final class Takeover implements ConsumerAwareRebalanceListener {
    @Override
    public void onPartitionsAssigned(
        Consumer<?, ?> consumer, Collection<TopicPartition> partitions) {
      try {
        reach(consumer.endOffsets(partitions, PATIENCE));
      } catch (KafkaException e) {
        log.warn("The ends of {} are asked for when idle: {}", topic.name(), e.getMessage());
      }
    }
  }

  /** A broker that does not tell is asked again when idle; until then nothing is caught up. */
  private void askForEnds(Collection<TopicPartition> partitions) {
    if (partitions.isEmpty()) {
      return;
    }
    try {
      reach(endOffsets.of(partitions));
    } catch (IllegalStateException e) {
      log.warn("The ends of {} are asked for again: {}", topic.name(), e.getMessage());
    }
  }

  private void reach(Map<TopicPartition, Long> ends) {
    ends.forEach((partition, end) ->
        remaining.computeIfPresent(partition.partition(), (_, _) -> end > 0 ? end : null));
  }

  @Override
  public void onPartitionsRevoked(@Nullable Collection<TopicPartition> partitions) {
    if (partitions == null) {
      return;
    }
    partitions.forEach(partition -> remaining.remove(partition.partition()));
    listener.revoked(numbers(partitions));
  }

  private static Set<Integer> numbers(Collection<TopicPartition> partitions) {
    return partitions.stream().map(TopicPartition::partition).collect(Collectors.toSet());
  }

  @Override
  public void start() {
    container.start();
  }

  @Override
  public void stop() {
    container.stop();
  }

  @Override
  public boolean isRunning() {
    return container.isRunning();
  }
}
