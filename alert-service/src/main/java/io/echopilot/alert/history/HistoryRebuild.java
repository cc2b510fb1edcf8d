package io.echopilot.alert.history;

import io.echopilot.events.EventCodec;
import io.echopilot.events.EventCodec.Decoded;
import io.echopilot.events.TopicNames;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.stream.Stream;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.ConsumerRecords;
import org.apache.kafka.common.TopicPartition;
import org.springframework.kafka.core.ConsumerFactory;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.core.scheduler.Schedulers;
import reactor.util.retry.Retry;

/** Writes the history anew from all that stands on the two topics. */
final class HistoryRebuild {
  private static final List<String> TOPICS =
      List.of(TopicNames.INCIDENTS, TopicNames.ALERT_DELIVERIES);
  private static final Duration POLL = Duration.ofMillis(200);
  private static final int AT_ONCE = 4;
  private static final int ATTEMPTS = 5;
  private static final Duration PAUSE = Duration.ofMillis(100);

  private final ConsumerFactory<String, byte[]> consumers;
  private final HistoryWriter writer;
  private final AtomicBoolean running = new AtomicBoolean();

  HistoryRebuild(ConsumerFactory<String, byte[]> consumers, HistoryWriter writer) {
    this.consumers = consumers;
    this.writer = writer;
  }

  /**
   * How many records were read.
   *
   * @param read all that stood on the topics
   * @param leftOut of these, what is no event or what the database refuses for what it says
   */
  record Rebuilt(long read, long leftOut) {
    private Rebuilt and(boolean written) {
      return new Rebuilt(read + 1, written ? leftOut : leftOut + 1);
    }
  }

  /** A rebuild is under way already. */
  static final class AlreadyRunning extends RuntimeException {
    private static final long serialVersionUID = 1L;
  }

  /**
   * Up to where the topics end now. Fails with {@link AlreadyRunning} while another is under way.
   */
  Mono<Rebuilt> run() {
    return Mono.defer(() ->
        running.compareAndSet(false, true)
            ? Mono.fromCallable(this::read)
                .subscribeOn(Schedulers.boundedElastic())
                .doFinally(_ -> running.set(false))
            : Mono.error(new AlreadyRunning()));
  }

  private Rebuilt read() {
    Properties own = new Properties();
    own.put(ConsumerConfig.MAX_POLL_RECORDS_CONFIG, 500);
    own.put(ConsumerConfig.ENABLE_AUTO_COMMIT_CONFIG, false);
    try (Consumer<String, byte[]> consumer =
        consumers.createConsumer(HistoryListener.GROUP + "-rebuild", null, null, own)) {
      List<TopicPartition> partitions =
          TOPICS.stream().flatMap(topic -> partitions(consumer, topic)).toList();
      consumer.assign(partitions);
      consumer.seekToBeginning(partitions);
      Map<TopicPartition, Long> ends = consumer.endOffsets(partitions);
      Rebuilt rebuilt = new Rebuilt(0, 0);
      while (ends.entrySet().stream()
          .anyMatch(end -> consumer.position(end.getKey()) < end.getValue())) {
        rebuilt = written(rebuilt, consumer.poll(POLL));
      }
      return rebuilt;
    }
  }

  private static Stream<TopicPartition> partitions(
      Consumer<String, byte[]> consumer, String topic) {
    return consumer.partitionsFor(topic).stream()
        .map(partition -> new TopicPartition(topic, partition.partition()));
  }

  private Rebuilt written(Rebuilt before, ConsumerRecords<String, byte[]> records) {
    Rebuilt after =
        Flux.fromIterable(records)
            .flatMap(this::isWritten, AT_ONCE)
            .reduce(before, Rebuilt::and)
            .block();
    return after == null ? before : after;
  }

  private Mono<Boolean> isWritten(ConsumerRecord<String, byte[]> record) {
    Decoded decoded =
        EventCodec.decode(record.topic(), record.key(), record.headers(), record.value());
    if (!(decoded instanceof Decoded.Known(var envelope))) {
      return Mono.just(false);
    }
    return Mono.defer(() -> writer.write(envelope, record.offset()))
        .thenReturn(true)
        // A connection that broke while nobody used it is noticed when it is used.
        .retryWhen(Retry.backoff(ATTEMPTS, PAUSE).filter(Failures::isOfState))
        .onErrorResume(failure -> !Failures.isOfState(failure), _ -> Mono.just(false));
  }
}
