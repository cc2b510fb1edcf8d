package io.echopilot.prober.guard;

import static org.assertj.core.api.Assertions.assertThat;

import io.echopilot.events.Event;
import io.echopilot.events.EventCodec;
import io.echopilot.events.EventCodec.Decoded;
import io.echopilot.events.EventEnvelope;
import io.echopilot.events.Maintenance;
import io.echopilot.events.Outcome;
import io.echopilot.events.ServiceDefinition;
import io.echopilot.events.ServiceEvent.ServiceDefined;
import io.echopilot.events.ServiceEvent.ServiceRemoved;
import io.echopilot.events.Slo;
import io.echopilot.events.SloEvent;
import io.echopilot.events.SloEvent.Level;
import io.echopilot.events.SloEvent.SloBreached;
import io.echopilot.events.SloEvent.SloRecovered;
import io.echopilot.events.SloEvent.SloStatus;
import io.echopilot.events.SloEvent.State;
import io.echopilot.events.TopicNames;
import io.echopilot.events.Topics;
import io.echopilot.prober.slo.Shop;
import io.echopilot.starter.ManualClock;
import io.echopilot.starter.streams.EventStreams;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Properties;
import java.util.UUID;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.common.serialization.StringDeserializer;
import org.apache.kafka.common.serialization.StringSerializer;
import org.apache.kafka.streams.StreamsBuilder;
import org.apache.kafka.streams.StreamsConfig;
import org.apache.kafka.streams.TopologyTestDriver;
import org.apache.kafka.streams.test.TestRecord;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** The topology in Kafka's test driver, in virtual time. */
class GuardTopologyTest {
  private static final Instant START = Instant.parse("2026-11-28T22:00:00Z");
  private static final Duration INTERVAL = Duration.ofSeconds(10);
  private static final Slo SLO = Shop.availability(99.9);

  private final ManualClock clock = new ManualClock(START);
  private final List<SloEvent> told = new ArrayList<>();
  private final TopologyTestDriver driver = driver();
  private long revision;

  @AfterEach
  void close() {
    driver.close();
  }

  @Test
  void aBreachIsToldOnceAndItsEndToo() {
    define(SLO);
    probe(Duration.ofHours(1), Outcome.SUCCESS);
    probe(Duration.ofMinutes(2), Outcome.FAILURE);

    assertThat(told(SloBreached.class))
        .singleElement()
        .satisfies(breach -> {
          assertThat(breach.level()).isEqualTo(Level.PAGE);
          assertThat(breach.site()).isEqualTo(Shop.PRIMARY);
        });

    probe(Duration.ofMinutes(10), Outcome.SUCCESS);
    assertThat(told(SloRecovered.class))
        .singleElement()
        .satisfies(over -> assertThat(over.level()).isEqualTo(Level.PAGE));
    assertThat(told(SloBreached.class)).hasSize(1);
  }

  @Test
  void theEntrypointHasABudgetOfItsOwn() {
    define(SLO);
    for (int i = 0; i < 12; i++) {
      send(Shop.entrypoint(clock.instant(), INTERVAL, Outcome.FAILURE));
      advance(INTERVAL);
    }

    assertThat(told(SloBreached.class))
        .singleElement()
        .satisfies(breach -> assertThat(breach.site()).isNull());
  }

  @Test
  void aResultThatComesAgainCountsOnce() {
    define(SLO);
    for (int i = 0; i < 2; i++) {
      Event failure = Shop.result("here", clock.instant(), INTERVAL, Outcome.FAILURE);
      for (int again = 0; again < 10; again++) {
        send(failure);
      }
      advance(INTERVAL);
    }

    advance(Duration.ofMinutes(1));

    assertThat(told(SloBreached.class)).isEmpty();
    assertThat(last(Shop.PRIMARY.value()).day().total()).isEqualTo(20_000);
  }

  @Test
  void eachBudgetIsToldOfOnceAMinuteAndWhenItsStateChanges() {
    define(SLO);
    probe(Duration.ofMinutes(10), Outcome.SUCCESS);
    long perMinute = told(SloStatus.class).stream().filter(this::isPrimarys).count();
    assertThat(perMinute).isBetween(10L, 13L);
    assertThat(last("primary").state()).isEqualTo(State.OK);
    assertThat(last("fallback").state()).isEqualTo(State.NO_DATA);

    advance(Duration.ofMinutes(6));
    assertThat(last("primary").state()).isEqualTo(State.NO_DATA);
  }

  @Test
  void aDaysRecordIsToldOnceWhenItIsOver() {
    define(SLO);
    probe(Duration.ofHours(1), Outcome.SUCCESS);
    probe(INTERVAL.multipliedBy(2), Outcome.FAILURE);
    probe(Duration.ofHours(1), Outcome.SUCCESS);

    assertThat(told(SloStatus.class))
        .filteredOn(this::isPrimarys)
        .filteredOn(status -> status.day().date().equals(LocalDate.parse("2026-11-28")))
        .filteredOn(status -> !status.at().isBefore(Instant.parse("2026-11-29T00:00:00Z")))
        .singleElement()
        .satisfies(record -> {
          assertThat(record.day().bad()).isEqualTo(20_000);
          assertThat(record.day().total()).isEqualTo(7_200_000);
        });
  }

  @Test
  void aBacklogIsJudgedByItsOwnTime() {
    define(SLO);
    probe(Duration.ofHours(1), Outcome.SUCCESS);
    Instant before = clock.instant();
    told.clear();
    // The guard was away for three hours: what it missed comes bit by bit, and nothing is missing.
    clock.advance(Duration.ofHours(3));
    for (int i = 0; i < 1_000; i++) {
      Instant slot = before.plus(INTERVAL.multipliedBy(i));
      send(Shop.result("here", slot, INTERVAL, Outcome.SUCCESS), slot.plusSeconds(1));
      if (i % 100 == 0) {
        // Kafka may take a moment for more.
        advance(GuardProcessor.TICK.multipliedBy(3));
      }
    }
    assertThat(told(SloStatus.class).stream().filter(this::isPrimarys))
        .isNotEmpty()
        .allSatisfy(status -> assertThat(status.state()).isEqualTo(State.OK));
  }

  @Test
  void announcedWorkIsLeftOut() {
    ServiceDefinition promising = Shop.promising(INTERVAL, List.of("here"), SLO);
    define(
        new ServiceDefinition(
            promising.id(),
            null,
            promising.entrypoint(),
            promising.locations(),
            promising.sites(),
            promising.probes(),
            promising.failover(),
            promising.traffic(),
            promising.slos(),
            List.of(new Maintenance("0 0 23 * * *", Duration.ofMinutes(30)))));
    probe(Duration.ofHours(1), Outcome.SUCCESS);
    probe(Duration.ofMinutes(30), Outcome.FAILURE);
    assertThat(told(SloBreached.class)).isEmpty();

    probe(Duration.ofMinutes(2), Outcome.FAILURE);
    assertThat(told(SloBreached.class)).isNotEmpty();
  }

  @Test
  void whatIsPromisedNoMoreIsForgotten() {
    define(SLO);
    probe(Duration.ofHours(1), Outcome.SUCCESS);
    assertThat(kept()).isPositive();

    define(Shop.promising(INTERVAL, List.of("here")));
    assertThat(kept()).isZero();

    define(SLO);
    probe(Duration.ofHours(1), Outcome.SUCCESS);
    send(new ServiceRemoved(Shop.ID, ++revision));
    assertThat(kept()).isZero();
    told.clear();
    probe(Duration.ofHours(1), Outcome.FAILURE);
    assertThat(told).isEmpty();
  }

  @Test
  void aBreachOfWhatIsPromisedNoMoreIsOver() {
    define(SLO);
    probe(Duration.ofMinutes(2), Outcome.FAILURE);
    assertThat(told(SloBreached.class)).hasSize(1);

    define(new Slo(SLO.id(), 99, Duration.ofDays(7), null, null, null, null, 3, null));
    assertThat(told(SloRecovered.class)).isEmpty();
    define(Shop.promising(INTERVAL, List.of("here")));
    assertThat(told(SloRecovered.class)).hasSize(1);
  }

  @Test
  void aNewDefinitionKeepsWhatWasCounted() {
    define(SLO);
    probe(Duration.ofMinutes(5), Outcome.FAILURE);
    double left = last("primary").budgetLeft();

    define(new Slo(SLO.id(), 99, Duration.ofDays(7), null, null, null, null, 3, null));
    define(SLO);
    probe(Duration.ofMinutes(2), Outcome.SUCCESS);

    assertThat(left).isLessThan(0.9);
    assertThat(last("primary").budgetLeft()).isEqualTo(left);
  }

  @Test
  void garbageGoesToTheDeadLettersAndStopsNothing() {
    driver
        .createInputTopic(
            TopicNames.PROBE_RESULTS, new StringSerializer(), new ByteArraySerializer())
        .pipeInput("shop", new byte[] {1, 2});
    assertThat(
            driver
                .createOutputTopic(
                    TopicNames.PROBE_RESULTS + ".dlt",
                    new StringDeserializer(),
                    new ByteArrayDeserializer())
                .readRecordsToList())
        .hasSize(1);

    define(SLO);
    probe(Duration.ofMinutes(2), Outcome.FAILURE);
    assertThat(told(SloBreached.class)).isNotEmpty();
  }

  private void probe(Duration length, Outcome outcome) {
    for (long left = length.dividedBy(INTERVAL); left > 0; left--) {
      send(Shop.result("here", clock.instant(), INTERVAL, outcome));
      advance(INTERVAL);
    }
  }

  private void advance(Duration time) {
    for (long left = time.dividedBy(GuardProcessor.TICK); left > 0; left--) {
      clock.advance(GuardProcessor.TICK);
      driver.advanceWallClockTime(GuardProcessor.TICK);
    }
    collect();
  }

  private void define(Slo slo) {
    define(Shop.promising(INTERVAL, List.of("here"), slo));
  }

  private void define(ServiceDefinition definition) {
    send(new ServiceDefined(Shop.ID, ++revision, "hash", definition));
  }

  private boolean isPrimarys(SloStatus status) {
    return Shop.PRIMARY.equals(status.site());
  }

  private SloStatus last(String site) {
    return told(SloStatus.class).stream()
        .filter(status -> status.site() != null && status.site().value().equals(site))
        .reduce((_, second) -> second)
        .orElseThrow();
  }

  private <T extends SloEvent> List<T> told(Class<T> type) {
    return told.stream().filter(type::isInstance).map(type::cast).toList();
  }

  private long kept() {
    List<String> keys = new ArrayList<>();
    try (var all = driver.<String, byte[]>getKeyValueStore(SloGuard.STORE).all()) {
      all.forEachRemaining(entry -> keys.add(entry.key));
    }
    return keys.size();
  }

  private TopologyTestDriver driver() {
    StreamsBuilder builder = new StreamsBuilder();
    GuardTopology.build(
        builder,
        EventStreams.of("prober-service", 1, new SimpleMeterRegistry()),
        GuardTopology.guards(),
        clock);
    Properties config = new Properties();
    config.put(StreamsConfig.APPLICATION_ID_CONFIG, "test");
    config.put(StreamsConfig.BOOTSTRAP_SERVERS_CONFIG, "nowhere:1");
    return new TopologyTestDriver(builder.build(), config, START);
  }

  private void send(Event event) {
    send(event, clock.instant());
  }

  private void send(Event event, Instant at) {
    RecordHeaders headers = new RecordHeaders();
    byte[] value =
        EventCodec.encode(
            new EventEnvelope<>(UUID.randomUUID().toString(), "/test", at, null, event), headers);
    driver
        .createInputTopic(
            Topics.of(event).name(), new StringSerializer(), new ByteArraySerializer())
        .pipeInput(new TestRecord<>(event.subject(), value, headers, at));
    collect();
  }

  private void collect() {
    driver
        .createOutputTopic(
            TopicNames.SLO_BREACHES, new StringDeserializer(), new ByteArrayDeserializer())
        .readRecordsToList()
        .forEach(record -> {
          Decoded decoded =
              EventCodec.decode(
                  TopicNames.SLO_BREACHES, record.key(), record.headers(), record.value());
          assertThat(decoded).isInstanceOf(Decoded.Known.class);
          told.add((SloEvent) ((Decoded.Known) decoded).envelope().data());
        });
  }
}
