package io.echopilot.starter;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.echopilot.events.EventCodec;
import io.echopilot.events.EventEnvelope;
import io.echopilot.events.RecordPosition;
import io.echopilot.events.ServiceEvent;
import io.echopilot.events.ServiceEvent.ServiceRemoved;
import io.echopilot.events.ServiceId;
import io.echopilot.events.TopicNames;
import io.echopilot.events.Topics;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.common.serialization.StringSerializer;
import org.junit.jupiter.api.Test;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.context.annotation.Configuration;

class CompactedTopicReaderTest {
  private static final Duration PATIENCE = Duration.ofSeconds(30);

  @Configuration(proxyBeanMethods = false)
  @EnableAutoConfiguration
  static class App {}

  private static ApplicationContextRunner runner() {
    return new ApplicationContextRunner()
        .withUserConfiguration(App.class)
        .withPropertyValues(
            "spring.application.name=reader",
            "spring.kafka.bootstrap-servers=" + TestBroker.bootstrapServers(),
            "echopilot.topics.create=true");
  }

  private static final class Heard implements CompactedTopicListener<ServiceEvent> {
    private final Map<String, Long> revisions = new ConcurrentHashMap<>();
    private final Set<String> unreadable = ConcurrentHashMap.newKeySet();
    private final Set<Integer> mine = ConcurrentHashMap.newKeySet();

    @Override
    public void updated(ServiceEvent event, RecordPosition position) {
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
    runner()
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
    runner()
        .run(context -> {
          String service = service();
          writeInATransaction(service, 4);
          try (KafkaProducer<String, byte[]> producer = producer(null)) {
            var _ =
                producer.send(
                    new ProducerRecord<>(TopicNames.SERVICES, service, new byte[] {1, 2}));
          }
          Heard heard = new Heard();
          var reader = context.getBean(CompactedTopicReaders.class).whole(Topics.SERVICES, heard);
          reader.start();

          await().atMost(PATIENCE).until(() -> heard.unreadable.contains(service));
          assertThat(heard.revisions).containsEntry(service, 4L);
          reader.stop();
        });
  }

  @Test
  void twoOfAGroupShareThePartitionsAndTheOneThatStaysTakesOverAndReadsFromTheStart() {
    runner()
        .run(context -> {
          String service = service();
          writeInATransaction(service, 1);
          String group = UUID.randomUUID().toString();
          CompactedTopicReaders readers = context.getBean(CompactedTopicReaders.class);
          Heard first = new Heard();
          Heard second = new Heard();
          var firstReader = readers.share(Topics.SERVICES, group, first);
          var secondReader = readers.share(Topics.SERVICES, group, second);
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

  private static String service() {
    return "s" + UUID.randomUUID().toString().substring(0, 8);
  }

  private static void writeInATransaction(String service, long revision) {
    try (KafkaProducer<String, byte[]> producer = producer(UUID.randomUUID().toString())) {
      producer.initTransactions();
      producer.beginTransaction();
      RecordHeaders headers = new RecordHeaders();
      byte[] value =
          EventCodec.encode(
              new EventEnvelope<>(
                  service + revision,
                  "/test",
                  Instant.EPOCH,
                  null,
                  new ServiceRemoved(new ServiceId(service), revision)),
              headers);
      var _ =
          producer.send(new ProducerRecord<>(TopicNames.SERVICES, null, service, value, headers));
      producer.commitTransaction();
    }
  }

  private static KafkaProducer<String, byte[]> producer(
      @org.jspecify.annotations.Nullable String transaction) {
    Map<String, Object> settings = new java.util.HashMap<>();
    settings.put("bootstrap.servers", TestBroker.bootstrapServers());
    if (transaction != null) {
      settings.put("transactional.id", transaction);
    }
    return new KafkaProducer<>(settings, new StringSerializer(), new ByteArraySerializer());
  }
}
