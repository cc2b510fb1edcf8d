package io.echopilot.starter;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.echopilot.events.Event;
import io.echopilot.events.EventCodec;
import io.echopilot.events.EventEnvelope;
import io.echopilot.events.RecordPosition;
import io.echopilot.events.ServiceEvent.ServiceRemoved;
import io.echopilot.events.ServiceId;
import io.echopilot.events.Topics;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Predicate;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.common.serialization.StringDeserializer;
import org.apache.kafka.common.serialization.StringSerializer;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.context.annotation.Configuration;

/**
 * A service that has the starter, and strangers who write and read beside it with plain clients.
 */
final class StarterWorld {
  static final Duration PATIENCE = Duration.ofSeconds(30);

  private StarterWorld() {}

  @Configuration(proxyBeanMethods = false)
  @EnableAutoConfiguration
  static class App {}

  static ApplicationContextRunner runner(String application) {
    return new ApplicationContextRunner()
        .withUserConfiguration(App.class)
        .withPropertyValues(
            "spring.application.name=" + application,
            "spring.kafka.bootstrap-servers=" + TestBroker.bootstrapServers(),
            "echopilot.topics.create=true");
  }

  /** A service id that no other test uses. */
  static String service() {
    return "s" + UUID.randomUUID().toString().substring(0, 8);
  }

  static EventEnvelope<ServiceRemoved> removed(String service, long revision) {
    return envelope(
        service + "-" + revision, null, new ServiceRemoved(new ServiceId(service), revision));
  }

  static <E extends Event> EventEnvelope<E> envelope(
      String id, @Nullable String traceparent, E event) {
    return new EventEnvelope<>(id, "/test", Instant.EPOCH, traceparent, event);
  }

  static ProducerRecord<String, byte[]> record(EventEnvelope<?> envelope) {
    RecordHeaders headers = new RecordHeaders();
    byte[] value = EventCodec.encode(envelope, headers);
    return new ProducerRecord<>(
        Topics.of(envelope.data()).name(), null, envelope.data().subject(), value, headers);
  }

  /** Returns once the broker has it. */
  static RecordPosition send(ProducerRecord<String, byte[]> record) throws Exception {
    return send(List.of(record));
  }

  /** In one batch where they go to one partition; returns the last one's position. */
  static RecordPosition send(List<ProducerRecord<String, byte[]>> records) throws Exception {
    try (KafkaProducer<String, byte[]> producer = producer(null)) {
      var sent = records.stream().map(producer::send).toList();
      var metadata = sent.getLast().get();
      return new RecordPosition(metadata.topic(), metadata.partition(), metadata.offset());
    }
  }

  static RecordPosition send(EventEnvelope<?> envelope) throws Exception {
    return send(record(envelope));
  }

  static KafkaProducer<String, byte[]> producer(@Nullable String transaction) {
    Map<String, Object> settings = new HashMap<>();
    settings.put("bootstrap.servers", TestBroker.bootstrapServers());
    settings.put("linger.ms", 20);
    if (transaction != null) {
      settings.put("transactional.id", transaction);
    }
    return new KafkaProducer<>(settings, new StringSerializer(), new ByteArraySerializer());
  }

  /** The first record on the topic, from its start, that fits. */
  static Optional<ConsumerRecord<String, byte[]>> find(
      String topic, Predicate<ConsumerRecord<String, byte[]>> fits) {
    return read(topic).stream().filter(fits).findFirst();
  }

  /** All that stands on a topic. */
  static List<ConsumerRecord<String, byte[]>> read(String topic) {
    try (KafkaConsumer<String, byte[]> consumer =
        new KafkaConsumer<>(
            Map.of(
                "bootstrap.servers",
                TestBroker.bootstrapServers(),
                "isolation.level",
                "read_committed"),
            new StringDeserializer(),
            new ByteArrayDeserializer())) {
      List<TopicPartition> partitions =
          consumer.partitionsFor(topic).stream()
              .map(info -> new TopicPartition(topic, info.partition()))
              .toList();
      consumer.assign(partitions);
      consumer.seekToBeginning(partitions);
      Map<TopicPartition, Long> ends = consumer.endOffsets(partitions);
      List<ConsumerRecord<String, byte[]>> all = new ArrayList<>();
      while (ends.entrySet().stream()
          .anyMatch(end -> consumer.position(end.getKey()) < end.getValue())) {
        consumer.poll(Duration.ofMillis(50)).forEach(all::add);
      }
      return all;
    }
  }

  static @Nullable String header(ConsumerRecord<String, byte[]> record, String name) {
    var header = record.headers().lastHeader(name);
    return header == null ? null : new String(header.value(), UTF_8);
  }
}
