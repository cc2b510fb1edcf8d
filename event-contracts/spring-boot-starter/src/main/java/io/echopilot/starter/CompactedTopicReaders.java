package io.echopilot.starter;

import io.echopilot.events.Event;
import io.echopilot.events.Topic;
import io.micrometer.core.instrument.MeterRegistry;
import java.time.Duration;
import java.util.Collection;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.ListOffsetsResult.ListOffsetsResultInfo;
import org.apache.kafka.clients.admin.OffsetSpec;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.common.TopicPartition;
import org.springframework.kafka.core.ConsumerFactory;
import org.springframework.kafka.core.KafkaAdmin;
import org.springframework.kafka.listener.ConcurrentMessageListenerContainer;
import org.springframework.kafka.listener.ConsumerRecordRecoverer;
import org.springframework.kafka.listener.ContainerProperties;
import org.springframework.kafka.listener.ContainerProperties.AckMode;
import org.springframework.kafka.support.TopicPartitionOffset;
import org.springframework.kafka.support.TopicPartitionOffset.SeekPosition;

/**
 * Makes readers of compacted topics; declare them as beans, so that they start and stop with the
 * service.
 */
public final class CompactedTopicReaders {
  private static final long OFFSETS_TIMEOUT_SECONDS = 10;
  private static final long IDLE_MILLIS = 100;

  private final ConsumerFactory<String, byte[]> consumers;
  private final KafkaAdmin admin;
  private final int partitions;
  private final ConsumerRecordRecoverer deadLetters;
  private final MeterRegistry meters;

  CompactedTopicReaders(
      ConsumerFactory<String, byte[]> consumers,
      KafkaAdmin admin,
      int partitions,
      ConsumerRecordRecoverer deadLetters,
      MeterRegistry meters) {
    this.consumers = consumers;
    this.admin = admin;
    this.partitions = partitions;
    this.deadLetters = deadLetters;
    this.meters = meters;
  }

  /** A reader of the whole topic, for an instance that answers for everything. */
  public <E extends Event> CompactedTopicReader<E> whole(
      Topic<E> topic, CompactedTopicListener<E> listener) {
    TopicPartitionOffset[] all =
        IntStream.range(0, partitions)
            .mapToObj(p -> new TopicPartitionOffset(topic.name(), p, SeekPosition.BEGINNING))
            .toArray(TopicPartitionOffset[]::new);
    return reader(topic, listener, new ContainerProperties(all));
  }

  /**
   * A reader of this instance's share: the partitions that the group protocol gives to it among all
   * instances of the same group.
   *
   * @param takeover what was taken over is read after as long as this, because the consumer first
   *     waits for an answer that comes once there is something new; the shorter, the more often it
   *     asks
   */
  public <E extends Event> CompactedTopicReader<E> share(
      Topic<E> topic, String group, Duration takeover, CompactedTopicListener<E> listener) {
    ContainerProperties properties = new ContainerProperties(topic.name());
    properties.setGroupId(group);
    properties
        .getKafkaConsumerProperties()
        .setProperty(ConsumerConfig.FETCH_MAX_WAIT_MS_CONFIG, Long.toString(takeover.toMillis()));
    CompactedTopicReader<E> reader = reader(topic, listener, properties);
    properties.setConsumerRebalanceListener(reader.new Takeover());
    return reader;
  }

  private <E extends Event> CompactedTopicReader<E> reader(
      Topic<E> topic, CompactedTopicListener<E> listener, ContainerProperties properties) {
    properties.setAckMode(AckMode.MANUAL);
    properties.setPollTimeout(IDLE_MILLIS);
    properties.setIdleEventInterval(IDLE_MILLIS);
    ConcurrentMessageListenerContainer<String, byte[]> container =
        new ConcurrentMessageListenerContainer<>(consumers, properties);
    container.setBeanName("read-" + topic.name());
    return new CompactedTopicReader<>(
        topic, listener, container, this::endOffsets, deadLetters, meters);
  }

  private Map<TopicPartition, Long> endOffsets(Collection<TopicPartition> of) {
    try (Admin client = Admin.create(admin.getConfigurationProperties())) {
      return client
          .listOffsets(
              of.stream().collect(Collectors.toMap(Function.identity(), _ -> OffsetSpec.latest())))
          .all()
          .get(OFFSETS_TIMEOUT_SECONDS, TimeUnit.SECONDS)
          .entrySet()
          .stream()
          .collect(Collectors.toMap(Map.Entry::getKey, e -> end(e.getValue())));
    } catch (ExecutionException | TimeoutException e) {
      throw new IllegalStateException("can't read the end offsets of " + of, e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException("interrupted while reading the end offsets of " + of, e);
    }
  }

  private static long end(ListOffsetsResultInfo info) {
    return info.offset();
  }
}
