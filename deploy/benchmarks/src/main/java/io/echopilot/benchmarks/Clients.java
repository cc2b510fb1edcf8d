package io.echopilot.benchmarks;

import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.common.serialization.StringDeserializer;
import org.apache.kafka.common.serialization.StringSerializer;
import org.jspecify.annotations.Nullable;

/** Plain Kafka clients with the settings that all contestants share. */
record Clients(String bootstrap) {
  KafkaProducer<String, byte[]> producer(@Nullable String transaction) {
    Map<String, Object> settings = new HashMap<>();
    settings.put("bootstrap.servers", bootstrap);
    settings.put("acks", "all");
    settings.put("linger.ms", 0);
    if (transaction != null) {
      settings.put("transactional.id", transaction);
    }
    return new KafkaProducer<>(settings, new StringSerializer(), new ByteArraySerializer());
  }

  /** A read_committed consumer at the end of the topic, assigned. */
  KafkaConsumer<String, byte[]> consumer(String topic) {
    KafkaConsumer<String, byte[]> consumer =
        new KafkaConsumer<>(
            Map.of(
                "bootstrap.servers",
                bootstrap,
                "group.id",
                UUID.randomUUID().toString(),
                "enable.auto.commit",
                false,
                "auto.offset.reset",
                "latest",
                "isolation.level",
                "read_committed"),
            new StringDeserializer(),
            new ByteArrayDeserializer());
    consumer.subscribe(List.of(topic));
    while (consumer.assignment().isEmpty()) {
      consumer.poll(Duration.ofMillis(100));
    }
    consumer.assignment().forEach(consumer::position);
    return consumer;
  }

  /** A read_committed consumer of no group, with nothing assigned. */
  KafkaConsumer<String, byte[]> reader() {
    return new KafkaConsumer<>(
        Map.of(
            "bootstrap.servers",
            bootstrap,
            "enable.auto.commit",
            false,
            "isolation.level",
            "read_committed"),
        new StringDeserializer(),
        new ByteArrayDeserializer());
  }

  /** Waits until somebody has created it. */
  void awaitTopic(String topic) throws InterruptedException {
    try (Admin admin = Admin.create(Map.of("bootstrap.servers", bootstrap))) {
      while (!admin.listTopics().names().get().contains(topic)) {
        TimeUnit.MILLISECONDS.sleep(100);
      }
    } catch (ExecutionException e) {
      throw new IllegalStateException(e);
    }
  }

  void create(String... topics) throws ExecutionException, InterruptedException {
    try (Admin admin = Admin.create(Map.of("bootstrap.servers", bootstrap))) {
      admin
          .createTopics(
              java.util.Arrays.stream(topics)
                  .map(topic -> new NewTopic(topic, DecisionLatency.PARTITIONS, (short) 1))
                  .toList())
          .all()
          .get();
    }
  }
}
