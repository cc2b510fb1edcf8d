package io.echopilot.starter;

import static io.echopilot.starter.StarterWorld.PATIENCE;
import static io.echopilot.starter.StarterWorld.producer;
import static io.echopilot.starter.StarterWorld.removed;
import static io.echopilot.starter.StarterWorld.runner;
import static io.echopilot.starter.StarterWorld.send;
import static io.echopilot.starter.StarterWorld.service;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.echopilot.events.RecordPosition;
import io.echopilot.events.ServiceEvent;
import io.echopilot.events.TopicNames;
import io.echopilot.events.Topics;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Collectors;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.junit.jupiter.api.Test;
import org.springframework.kafka.core.ConsumerFactory;
import org.springframework.kafka.listener.ConcurrentMessageListenerContainer;
import org.springframework.kafka.listener.ContainerProperties;

class CompactedTopicReaderTest {
  private static final class Heard implements CompactedTopicListener<ServiceEvent> {
    private final Map<String, Long> revisions = new ConcurrentHashMap<>();
    private final Set<String> unreadable = ConcurrentHashMap.newKeySet();
    private final Set<Integer> mine = ConcurrentHashMap.newKeySet();

    @Override
    public void updated(ServiceEvent event, RecordPosition position, Instant taken) {
      revisions.put(event.subject(), event.revision());
    }

    @Override
    public void unreadable(String key, String reason) {
      unreadable.add(key);
    }

    @Override
    public void assigned(Set<Integer> partitions) {
      mine.addAll(partitions);
    }

    @Override
    public void revoked(Set<Integer> partitions) {
      mine.removeAll(partitions);
    }
  }

  @Test
  void itIsCaughtUpAlthoughATransactionsMarkerEndsThePartition() {
    runner("reader")
        .run(context -> {
          String service = service();
          writeInATransaction(service, 4);
          Heard heard = new Heard();
          var reader = context.getBean(CompactedTopicReaders.class).whole(Topics.SERVICES, heard);
          reader.start();

          await().atMost(PATIENCE).until(reader::caughtUp);
          assertThat(heard.revisions).containsEntry(service, 4L);
          reader.stop();
        });
  }

  @Test
  void whatCannotBeReadLeavesWhatWasKnown() {
    runner("reader")
        .run(context -> {
          String service = service();
          writeInATransaction(service, 4);
          send(new ProducerRecord<>(TopicNames.SERVICES, service, new byte[] {1, 2}));
          Heard heard = new Heard();
          var reader = context.getBean(CompactedTopicReaders.class).whole(Topics.SERVICES, heard);
          reader.start();

          await().atMost(PATIENCE).until(() -> heard.unreadable.contains(service));
          assertThat(heard.revisions).containsEntry(service, 4L);
          reader.stop();
        });
  }

  @Test
  void whatCannotBeReadIsSetAsideOnceWhenItComes() {
    runner("sets-aside")
        .run(context -> {
          String before = service();
          String after = service();
          send(new ProducerRecord<>(TopicNames.SERVICES, before, new byte[] {1, 2}));
          Heard heard = new Heard();
          var reader = context.getBean(CompactedTopicReaders.class).whole(Topics.SERVICES, heard);
          reader.start();
          await().atMost(PATIENCE).until(reader::caughtUp);
          send(new ProducerRecord<>(TopicNames.SERVICES, after, new byte[] {1, 2}));

          await().atMost(PATIENCE).until(() -> setAsideBy("sets-aside").equals(List.of(after)));
          assertThat(heard.unreadable).contains(before);
          reader.stop();
        });
  }

  @Test
  void aBrokerThatDoesNotTellTheEndsLosesNoAssignmentAndIsAskedAgain() {
    runner("reader")
        .run(context -> {
          String service = service();
          writeInATransaction(service, 4);
          Heard heard = new Heard();
          AtomicInteger asked = new AtomicInteger();
          var consumers = context.getBean("echoPilotConsumerFactory", ConsumerFactory.class);
          ContainerProperties properties = new ContainerProperties(TopicNames.SERVICES);
          properties.setGroupId(UUID.randomUUID().toString());
          properties.setIdleEventInterval(100L);
          properties.setPollTimeout(100L);
          @SuppressWarnings("unchecked") // the starter's own factory reads strings and bytes
          var container =
              new ConcurrentMessageListenerContainer<String, byte[]>(consumers, properties);
          var reader =
              new CompactedTopicReader<>(
                  Topics.SERVICES,
                  heard,
                  container,
                  partitions -> {
                    if (asked.incrementAndGet() < 3) {
                      throw new IllegalStateException("no answer");
                    }
                    return partitions.stream().collect(Collectors.toMap(each -> each, _ -> 1L));
                  },
                  (_, _) -> {},
                  new SimpleMeterRegistry());
          assertThat(reader.caughtUp()).isFalse();
          reader.start();

          await().atMost(PATIENCE).until(() -> heard.mine.size() == 12);
          await().atMost(PATIENCE).until(() -> heard.revisions.containsKey(service));
          await().atMost(PATIENCE).until(() -> asked.get() == 3);
          reader.stop();
        });
  }

  @Test
  void twoOfAGroupShareThePartitionsAndTheOneThatStaysTakesOverAndReadsFromTheStart() {
    runner("reader")
        .run(context -> {
          String service = service();
          writeInATransaction(service, 1);
          String group = UUID.randomUUID().toString();
          CompactedTopicReaders readers = context.getBean(CompactedTopicReaders.class);
          Heard first = new Heard();
          Heard second = new Heard();
          var firstReader = readers.share(Topics.SERVICES, group, Duration.ofMillis(500), first);
          var secondReader = readers.share(Topics.SERVICES, group, Duration.ofMillis(500), second);
          firstReader.start();
          secondReader.start();
          await()
              .atMost(PATIENCE)
              .until(() ->
                  first.mine.size() + second.mine.size() == 12
                      && !first.mine.isEmpty()
                      && !second.mine.isEmpty());

          firstReader.stop();

          await().atMost(PATIENCE).until(() -> second.mine.size() == 12);
          await().atMost(PATIENCE).until(() -> second.revisions.containsKey(service));
          await().atMost(PATIENCE).until(secondReader::caughtUp);
          secondReader.stop();
        });
  }

  private static List<String> setAsideBy(String application) {
    return StarterWorld.read(Topics.SERVICES.deadLetters()).stream()
        .filter(letter -> application.equals(StarterWorld.header(letter, DeadLetters.CONSUMER)))
        .map(ConsumerRecord::key)
        .toList();
  }

  private static void writeInATransaction(String service, long revision) {
    try (KafkaProducer<String, byte[]> producer = producer(UUID.randomUUID().toString())) {
      producer.initTransactions();
      producer.beginTransaction();
      var _ = producer.send(StarterWorld.record(removed(service, revision)));
      producer.commitTransaction();
    }
  }
}
