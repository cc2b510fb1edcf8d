package io.echopilot.benchmarks;

import io.echopilot.benchmarks.Bench.Options;
import io.echopilot.events.FailoverEvent.FailoverStarted;
import io.echopilot.events.RecordPosition;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.ObjLongConsumer;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;

/**
 * From a probe result handed to Kafka to the failover event that it caused, read by a
 * read_committed consumer. A service fails once in ten rounds and succeeds otherwise, so each
 * failure and the success after it are decisions (SiteSuspected, SiteCleared): one record in five,
 * evenly spaced. Beside it, on the same broker in alternating blocks: a bare produce and consume,
 * and a hand-written transactional loop that answers one record in five and commits when it does.
 */
final class DecisionLatency implements Bench.Benchmark {
  static final int PARTITIONS = 12;
  private static final int SERVICES = 100;
  private static final int RATE = 200;
  private static final int BLOCKS = 5;
  private static final int RECORDS = 2_200;
  private static final int WARM_UP = 4_400;
  private static final int BURST = 1_000;
  private static final int BURST_ROUNDS = 3;
  private static final Duration PATIENCE = Duration.ofSeconds(20);

  private final Results results = new Results(Clock.systemUTC());

  @Override
  public Report run(Path home, Options options) throws Exception {
    List<Long> ours = new ArrayList<>();
    List<Long> bare = new ArrayList<>();
    List<Long> loop = new ArrayList<>();
    List<Double> tails = new ArrayList<>();
    try (Rig rig = new Rig(home.resolve("latency"), SERVICES)) {
      rig.clients.create("bench-bare", "bench-in", "bench-out");
      ours(rig, WARM_UP);
      for (int block = 1; block <= BLOCKS; block++) {
        List<Long> mine = ours(rig, RECORDS);
        ours.addAll(mine);
        tails.add(Sample.ofNanos(mine).percentile(99));
        bare.addAll(bare(rig.clients));
        loop.addAll(loop(rig.clients));
        System.out.printf("block %d  ours %s%n", block, Sample.ofNanos(mine).line());
      }
    }
    Sample decision = Sample.ofNanos(ours);
    Sample plain = Sample.ofNanos(bare);
    Sample transactional = Sample.ofNanos(loop);
    System.out.println("decisions          " + decision.line());
    System.out.println("bare               " + plain.line());
    System.out.println("transactional loop " + transactional.line());
    List<Double> bursts = new ArrayList<>();
    for (int round = 0; round < BURST_ROUNDS; round++) {
      bursts.add(burst(home));
    }
    return new Report()
        .figure("decisions", decision.size())
        .figure("p50_ms", decision.median())
        .figure("p90_ms", decision.percentile(90))
        .figure("p99_ms", decision.percentile(99))
        .figure("p99_least_block_ms", Sample.of(tails).least())
        .figure("p99_most_block_ms", Sample.of(tails).most())
        .figure("bare_p50_ms", plain.median())
        .figure("bare_p99_ms", plain.percentile(99))
        .figure("loop_p50_ms", transactional.median())
        .figure("loop_p99_ms", transactional.percentile(99))
        .figure("burst_s", Sample.of(bursts).median())
        .figure("burst_most_s", Sample.of(bursts).most())
        .ratio("vs_bare", decision.median() / plain.median())
        .ratio("vs_loop", decision.median() / transactional.median());
  }

  private List<Long> ours(Rig rig, int records) throws Exception {
    Map<RecordPosition, Long> sent = new ConcurrentHashMap<>();
    Map<RecordPosition, Long> received = new ConcurrentHashMap<>();
    try (KafkaProducer<String, byte[]> producer = rig.clients.producer(null)) {
      Thread sender =
          Thread.ofPlatform()
              .start(() -> {
                Pace pace = new Pace(RATE);
                for (int i = 0; i < records; i++) {
                  pace.await(i);
                  int service = i % SERVICES;
                  boolean fails = i / SERVICES % 10 == service % 5 * 2;
                  send(producer, results.result(Results.service(service), "primary", !fails), sent);
                }
              });
      collect(
          rig.events,
          sender,
          (record, at) ->
              Rig.event(record)
                  .map(event -> event.rationale().cause())
                  .ifPresent(cause -> received.putIfAbsent(cause, at)));
    }
    return latencies(sent, received);
  }

  private static List<Long> bare(Clients clients) throws Exception {
    Map<RecordPosition, Long> sent = new ConcurrentHashMap<>();
    Map<RecordPosition, Long> received = new ConcurrentHashMap<>();
    try (KafkaProducer<String, byte[]> producer = clients.producer(null);
        KafkaConsumer<String, byte[]> consumer = clients.consumer("bench-bare")) {
      Thread sender = sender(producer, "bench-bare", sent);
      collect(consumer, sender, (record, at) -> received.putIfAbsent(position(record), at));
    }
    return latencies(sent, received);
  }

  /** Consumes, and for one record in five produces an answer and commits at once. */
  private static List<Long> loop(Clients clients) throws Exception {
    Map<RecordPosition, Long> sent = new ConcurrentHashMap<>();
    Map<RecordPosition, Long> received = new ConcurrentHashMap<>();
    try (KafkaProducer<String, byte[]> producer = clients.producer(null);
        KafkaConsumer<String, byte[]> out = clients.consumer("bench-out");
        TransactionalLoop _ = new TransactionalLoop(clients)) {
      Thread sender = sender(producer, "bench-in", sent);
      collect(
          out, sender, (record, at) -> received.putIfAbsent(TransactionalLoop.cause(record), at));
    }
    return latencies(sent, received);
  }

  private static Thread sender(
      KafkaProducer<String, byte[]> producer, String topic, Map<RecordPosition, Long> sent) {
    byte[] value = new byte[600];
    return Thread.ofPlatform()
        .start(() -> {
          Pace pace = new Pace(RATE);
          for (int i = 0; i < RECORDS; i++) {
            pace.await(i);
            send(producer, new ProducerRecord<>(topic, Results.service(i % SERVICES), value), sent);
          }
        });
  }

  private static void send(
      KafkaProducer<String, byte[]> producer,
      ProducerRecord<String, byte[]> record,
      Map<RecordPosition, Long> sent) {
    long now = System.nanoTime();
    var _ =
        producer.send(
            record,
            (metadata, _) ->
                sent.put(
                    new RecordPosition(metadata.topic(), metadata.partition(), metadata.offset()),
                    now));
  }

  /** Hands over each record with the {@link System#nanoTime} at which it was there to be read. */
  private static void collect(
      KafkaConsumer<String, byte[]> consumer,
      Thread sender,
      ObjLongConsumer<ConsumerRecord<String, byte[]>> each)
      throws InterruptedException {
    boolean quiet = false;
    while (sender.isAlive() || !quiet) {
      var records = consumer.poll(Duration.ofMillis(sender.isAlive() ? 100 : 1_000));
      long at = System.nanoTime();
      quiet = records.isEmpty();
      records.forEach(record -> each.accept(record, at));
    }
    sender.join();
  }

  private static List<Long> latencies(
      Map<RecordPosition, Long> sent, Map<RecordPosition, Long> received) {
    List<Long> latencies = new ArrayList<>();
    received.forEach((position, at) ->
        Optional.ofNullable(sent.get(position)).ifPresent(from -> latencies.add(at - from)));
    return latencies;
  }

  static RecordPosition position(ConsumerRecord<?, ?> record) {
    return new RecordPosition(record.topic(), record.partition(), record.offset());
  }

  /** A thousand services lose their primary in the same second. */
  private double burst(Path home) throws Exception {
    try (Rig rig = new Rig(home.resolve("burst"), BURST);
        KafkaProducer<String, byte[]> producer = rig.clients.producer(null)) {
      for (int round = 0; round < 2; round++) {
        everywhere(producer, "fallback", true);
        everywhere(producer, "primary", false);
        producer.flush();
      }
      rig.events.poll(Duration.ofSeconds(5));
      everywhere(producer, "primary", false);
      producer.flush();
      List<Long> times = new ArrayList<>();
      long deadline = System.nanoTime() + PATIENCE.toNanos();
      while (times.size() < BURST && System.nanoTime() < deadline) {
        rig.events
            .poll(Duration.ofMillis(100))
            .forEach(record ->
                Rig.event(record)
                    .filter(FailoverStarted.class::isInstance)
                    .ifPresent(_ -> times.add(System.nanoTime())));
      }
      double seconds = (times.getLast() - times.getFirst()) / 1e9;
      System.out.printf(
          "burst: %d of %d failovers started, first to last %.2f s%n",
          times.size(), BURST, seconds);
      if (times.size() < BURST) {
        throw new IllegalStateException("the burst is not complete");
      }
      return seconds;
    }
  }

  private void everywhere(KafkaProducer<String, byte[]> producer, String site, boolean success) {
    for (int i = 0; i < BURST; i++) {
      var _ = producer.send(results.result(Results.service(i), site, success));
    }
  }
}
