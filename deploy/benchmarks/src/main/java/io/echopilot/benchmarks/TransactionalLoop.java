package io.echopilot.benchmarks;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.echopilot.events.RecordPosition;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.TopicPartition;

/** What one would write by hand: of each poll, what is answered in one transaction. */
final class TransactionalLoop implements AutoCloseable {
  private static final int ANSWERED = 5;

  private final KafkaConsumer<String, byte[]> in;
  private final KafkaProducer<String, byte[]> out;
  private final Thread thread;
  private volatile boolean running = true;

  TransactionalLoop(Clients clients) {
    in = clients.consumer("bench-in");
    out = clients.producer(UUID.randomUUID().toString());
    out.initTransactions();
    thread = Thread.ofPlatform().start(this::run);
  }

  private void run() {
    int count = 0;
    while (running) {
      List<ConsumerRecord<String, byte[]>> answered = new ArrayList<>();
      Map<TopicPartition, OffsetAndMetadata> offsets = new HashMap<>();
      for (ConsumerRecord<String, byte[]> record : in.poll(Duration.ofMillis(100))) {
        offsets.put(
            new TopicPartition(record.topic(), record.partition()),
            new OffsetAndMetadata(record.offset() + 1));
        if (count++ % ANSWERED == 0) {
          answered.add(record);
        }
      }
      if (!answered.isEmpty()) {
        out.beginTransaction();
        answered.forEach(this::answer);
        out.sendOffsetsToTransaction(offsets, in.groupMetadata());
        out.commitTransaction();
      }
    }
  }

  private void answer(ConsumerRecord<String, byte[]> record) {
    ProducerRecord<String, byte[]> answer =
        new ProducerRecord<>("bench-out", record.key(), record.value());
    answer.headers().add("cause", (record.partition() + "/" + record.offset()).getBytes(UTF_8));
    var _ = out.send(answer);
  }

  static RecordPosition cause(ConsumerRecord<String, byte[]> answer) {
    String[] parts = new String(answer.headers().lastHeader("cause").value(), UTF_8).split("/", 2);
    return new RecordPosition("bench-in", Integer.parseInt(parts[0]), Long.parseLong(parts[1]));
  }

  @Override
  public void close() {
    running = false;
    try {
      thread.join();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    in.close();
    out.close();
  }
}
