package io.echopilot.benchmarks;

import io.echopilot.benchmarks.Guards.Block;
import io.echopilot.events.Event;
import io.echopilot.events.EventCodec;
import io.echopilot.events.EventEnvelope;
import io.echopilot.events.ProbeEvent;
import io.echopilot.events.ServiceDefinition;
import io.echopilot.events.ServiceEvent.ServiceDefined;
import io.echopilot.events.ServiceId;
import io.echopilot.events.TopicNames;
import io.echopilot.events.Topics;
import io.echopilot.prober.guard.Guard;
import io.echopilot.prober.guard.GuardTopology;
import io.echopilot.starter.streams.EventStreams;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.lang.management.ManagementFactory;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.UUID;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import java.util.stream.IntStream;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.apache.kafka.streams.KafkaStreams;
import org.apache.kafka.streams.StreamsBuilder;
import org.apache.kafka.streams.StreamsConfig;
import org.apache.kafka.streams.state.KeyValueStore;

/** A broker with the results of many services, and the guards as prober-service runs them. */
final class GuardedWorld {
  static final String RESULTS = TopicNames.PROBE_RESULTS;
  private static final List<String> LOCATIONS = List.of("eu-1", "us-1", "ap-1");
  private static final List<String> SITES = List.of("primary", "fallback");

  /** The entrypoint too. */
  private static final int PLACES = SITES.size() + 1;

  private static final Duration INTERVAL = Duration.ofSeconds(10);
  private static final Duration PATIENCE = Duration.ofMinutes(5);
  private static final double NANOS = 1e9;

  private final Clients clients;
  private final int services;
  private final Clock clock;
  private final List<ServiceDefinition> definitions;

  /**
   * What a run of the guards yields.
   *
   * @param bytesPerSeries of one objective at one place, in the changelog
   */
  record Outcome(Block block, double bytesPerSeries) {}

  GuardedWorld(String bootstrap, int services, Clock clock) throws Exception {
    this.clients = new Clients(bootstrap);
    this.services = services;
    this.clock = clock;
    this.definitions =
        IntStream.range(0, services)
            .mapToObj(i -> Results.promising(Results.service(i), LOCATIONS, INTERVAL))
            .toList();
    clients.create(
        Topics.all().stream()
            .flatMap(topic -> java.util.stream.Stream.of(topic.name(), topic.deadLetters()))
            .toArray(String[]::new));
  }

  Clients clients() {
    return clients;
  }

  /** Definitions, then slot after slot of every service, site and location; one in 500 fails. */
  void fill(int records) {
    Instant start = clock.instant().minus(Duration.ofDays(1));
    Results results = new Results(clock);
    try (KafkaProducer<String, byte[]> producer = clients.producer(null)) {
      for (ServiceDefinition definition : definitions) {
        var _ =
            producer.send(
                record(new ServiceDefined(definition.id(), 1, "hash", definition), start));
      }
      int perSlot = services * SITES.size() * LOCATIONS.size();
      for (int i = 0; i < records; i++) {
        Instant slot = start.plus(INTERVAL.multipliedBy(i / perSlot));
        int service = i % services;
        String site = SITES.get(i / services % SITES.size());
        String location = LOCATIONS.get(i / services / SITES.size() % LOCATIONS.size());
        ProbeEvent event =
            results.completed(
                Results.service(service), site, location, slot, INTERVAL, i % 500 != 7);
        var _ = producer.send(record(event, slot.plusMillis(100)));
      }
      producer.flush();
    }
  }

  private static ProducerRecord<String, byte[]> record(Event event, Instant at) {
    RecordHeaders headers = new RecordHeaders();
    byte[] value =
        EventCodec.encode(
            new EventEnvelope<>(UUID.randomUUID().toString(), "/bench", at, null, event), headers);
    return new ProducerRecord<>(
        Topics.of(event).name(), null, at.toEpochMilli(), event.subject(), value, headers);
  }

  /** All guards of this version, one thread, from the beginning. */
  Outcome guard(Path state, int records) throws InterruptedException {
    String application = "guards-" + UUID.randomUUID();
    Meter meter = new Meter(records);
    Map<String, Supplier<Guard>> guards = new HashMap<>(GuardTopology.guards());
    guards.put("meter", () -> meter);
    StreamsBuilder builder = new StreamsBuilder();
    GuardTopology.build(
        builder,
        EventStreams.of(application, DecisionLatency.PARTITIONS, new SimpleMeterRegistry()),
        guards,
        clock);
    try (KafkaStreams streams = new KafkaStreams(builder.build(), config(application, state))) {
      streams.start();
      if (!meter.done.await(PATIENCE.toSeconds(), TimeUnit.SECONDS)) {
        throw new IllegalStateException("the guards took more than " + PATIENCE);
      }
      streams.close(PATIENCE);
    }
    return new Outcome(meter.block(), stored(application) / (services * PLACES * Results.SLOS));
  }

  /** As prober-service has it. */
  private Properties config(String application, Path state) {
    Properties config = new Properties();
    config.put(StreamsConfig.APPLICATION_ID_CONFIG, application);
    config.put(StreamsConfig.BOOTSTRAP_SERVERS_CONFIG, clients.bootstrap());
    config.put(StreamsConfig.PROCESSING_GUARANTEE_CONFIG, StreamsConfig.EXACTLY_ONCE_V2);
    config.put(StreamsConfig.COMMIT_INTERVAL_MS_CONFIG, 1_000);
    config.put(StreamsConfig.STATESTORE_CACHE_MAX_BYTES_CONFIG, 16L << 20);
    config.put(StreamsConfig.NUM_STREAM_THREADS_CONFIG, 1);
    config.put(StreamsConfig.STATE_DIR_CONFIG, state.toString());
    config.put(StreamsConfig.consumerPrefix("auto.offset.reset"), "earliest");
    return config;
  }

  /** Bytes of the newest value of each key. */
  private double stored(String application) {
    String topic = application + "-error-budgets-changelog";
    Map<String, Integer> newest = new HashMap<>();
    try (KafkaConsumer<String, byte[]> consumer = clients.reader()) {
      List<TopicPartition> partitions =
          consumer.partitionsFor(topic).stream()
              .map(info -> new TopicPartition(topic, info.partition()))
              .toList();
      consumer.assign(partitions);
      consumer.seekToBeginning(partitions);
      Map<TopicPartition, Long> ends = consumer.endOffsets(partitions);
      while (ends.entrySet().stream()
          .anyMatch(end -> consumer.position(end.getKey()) < end.getValue())) {
        for (ConsumerRecord<String, byte[]> record : consumer.poll(Duration.ofSeconds(1))) {
          newest.put(record.key(), record.value() == null ? 0 : record.value().length);
        }
      }
    }
    return newest.values().stream().mapToDouble(Integer::doubleValue).sum();
  }

  /** A guard that only counts what it sees: from the first to the last, and what the thread ran. */
  private static final class Meter implements Guard {
    private final CountDownLatch done = new CountDownLatch(1);
    private final int records;
    private int seen;
    private long from;
    private long cpuFrom;
    private long nanos;
    private long cpu;

    Meter(int records) {
      this.records = records;
    }

    Block block() {
      return new Block(nanos / NANOS, cpu / NANOS);
    }

    @Override
    public void open(KeyValueStore<String, byte[]> store, Outlet outlet) {}

    @Override
    public void defined(ServiceDefinition definition, Instant now) {}

    @Override
    public void removed(ServiceId service) {}

    @Override
    public void seen(ProbeEvent event, Instant now) {
      if (seen++ == 0) {
        from = System.nanoTime();
        cpuFrom = ManagementFactory.getThreadMXBean().getCurrentThreadCpuTime();
      }
      if (seen == records) {
        nanos = System.nanoTime() - from;
        cpu = ManagementFactory.getThreadMXBean().getCurrentThreadCpuTime() - cpuFrom;
        done.countDown();
      }
    }

    @Override
    public void tick(Instant now) {}
  }
}
