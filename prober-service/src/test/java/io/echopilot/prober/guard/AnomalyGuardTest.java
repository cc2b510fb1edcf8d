package io.echopilot.prober.guard;

import static org.assertj.core.api.Assertions.assertThat;

import io.echopilot.events.AnomalyEvent.AnomalyCleared;
import io.echopilot.events.AnomalyEvent.AnomalyDetected;
import io.echopilot.events.AnomalyKind;
import io.echopilot.events.Event;
import io.echopilot.events.Maintenance;
import io.echopilot.events.Outcome;
import io.echopilot.events.ProbeCheck;
import io.echopilot.events.ProbeEvent.ProbeCompleted;
import io.echopilot.events.ProbeId;
import io.echopilot.events.ServiceDefinition;
import io.echopilot.events.ServiceDefinition.Probe;
import io.echopilot.prober.slo.Shop;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.apache.kafka.common.serialization.Serdes;
import org.apache.kafka.streams.processor.api.MockProcessorContext;
import org.apache.kafka.streams.state.KeyValueStore;
import org.apache.kafka.streams.state.Stores;
import org.junit.jupiter.api.Test;

/** The guard on a real store, in virtual time. */
class AnomalyGuardTest {
  private static final Duration INTERVAL = Duration.ofSeconds(20);
  private static final int HOURS = 12;

  private final Random random = new Random(1);
  private final KeyValueStore<String, byte[]> store = store();
  private final List<Event> told = new ArrayList<>();
  private final List<String> ids = new ArrayList<>();
  private Instant now = Instant.parse("2026-11-23T00:00:00Z");
  private ServiceDefinition definition = Shop.promising(INTERVAL, List.of("here", "there"));
  private AnomalyGuard guard = opened();
  private boolean dying;

  @Test
  void aLatencyThatTriplesIsToldOnceAndThatItIsOverToo() {
    lasts(Duration.ofHours(HOURS), 50);
    assertThat(told).isEmpty();

    lasts(Duration.ofMinutes(3), 150);
    assertThat(told)
        .singleElement()
        .isInstanceOfSatisfying(
            AnomalyDetected.class,
            found -> {
              assertThat(found.site()).isEqualTo(Shop.PRIMARY);
              assertThat(found.series()).isEqualTo("health.latency");
              assertThat(found.kind()).isEqualTo(AnomalyKind.SPIKE);
              assertThat(found.value()).isBetween(130.0, 170.0);
              assertThat(found.expectedHigh()).isBetween(50.0, 80.0);
              assertThat(found.sentence())
                  .startsWith("health.latency is far above what is usual: 1");
            });

    lasts(Duration.ofHours(1), 50);
    assertThat(told).hasSize(2).last().isInstanceOf(AnomalyCleared.class);
    assertThat(ids).doesNotHaveDuplicates();
  }

  @Test
  void aFewFailuresAreNoAnomalyAndManyAre() {
    lasts(Duration.ofHours(HOURS), 50);
    fails(2);
    lasts(Duration.ofMinutes(5), 50);
    assertThat(told).isEmpty();

    fails(12);
    lasts(Duration.ofMinutes(5), 50);
    assertThat(told(AnomalyDetected.class))
        .singleElement()
        .satisfies(found -> assertThat(found.series()).isEqualTo("health.errors"));
  }

  @Test
  void aNumberThatTheProbeReadsIsASeries() {
    for (int i = 0; i < 3 * 60 * HOURS; i++) {
      sees(number(40 + random.nextGaussian()));
    }
    told.clear();
    for (int i = 0; i < 6; i++) {
      sees(number(5));
    }
    for (int i = 0; i < 6; i++) {
      sees(number(40 + random.nextGaussian()));
    }

    assertThat(told(AnomalyDetected.class))
        .singleElement()
        .satisfies(found -> {
          assertThat(found.series()).isEqualTo("health.queue");
          assertThat(found.kind()).isEqualTo(AnomalyKind.DIP);
        });
  }

  @Test
  void aNumberThatIsReadNoMoreHasFallenSilent() {
    for (int i = 0; i < 3 * 60 * HOURS; i++) {
      sees(number(40 + random.nextGaussian()));
    }
    told.clear();
    lasts(Duration.ofMinutes(30), 20);

    assertThat(told(AnomalyDetected.class))
        .filteredOn(found -> found.series().equals("health.queue"))
        .singleElement()
        .satisfies(found -> {
          assertThat(found.kind()).isEqualTo(AnomalyKind.SILENCE);
          assertThat(found.expectedLow()).isBetween(20.0, 40.0);
        });
  }

  @Test
  void whatComesAgainOrLateCountsOnce() {
    lasts(Duration.ofHours(1), 50);
    Map<String, byte[]> once = kept();
    ProbeCompleted old = result("here", now.minus(INTERVAL), 5_000, Outcome.SUCCESS);
    for (int i = 0; i < 10; i++) {
      guard.seen(old, now);
    }

    assertThat(kept()).usingRecursiveComparison().isEqualTo(once);
  }

  @Test
  void aLocationThatIsFarAwayOrImpairedChangesNothing() {
    definition = Shop.promising(INTERVAL, List.of("here", "there", "far"));
    guard = opened();
    lasts(Duration.ofHours(HOURS), 50);
    for (int i = 0; i < 6; i++) {
      guard.seen(result("far", now, 4_000, Outcome.SUCCESS), now);
      step(50);
    }
    lasts(Duration.ofMinutes(2), 50);

    assertThat(told).isEmpty();
  }

  @Test
  void aProcessThatDiesAtAnyResultLosesNothing() {
    AnomalyGuardTest other = new AnomalyGuardTest();
    for (AnomalyGuardTest each : List.of(this, other)) {
      each.lasts(Duration.ofHours(HOURS), 50);
      each.dying = each.equals(other);
      each.lasts(Duration.ofMinutes(3), 150);
      each.lasts(Duration.ofHours(1), 50);
    }

    assertThat(other.told).hasSize(2).isEqualTo(told);
    assertThat(other.kept()).usingRecursiveComparison().isEqualTo(kept());
    assertThat(kept()).allSatisfy((_, bytes) -> assertThat(bytes).hasSizeLessThan(10_000));
  }

  @Test
  void aBacklogIsLookedAtMinuteByMinute() {
    lasts(Duration.ofHours(HOURS), 50);
    List<ProbeCompleted> missed = new ArrayList<>();
    for (int i = 0; i < 600; i++) {
      missed.add(result("here", now, i > 300 && i < 310 ? 150 : 50, Outcome.SUCCESS));
      now = now.plus(INTERVAL);
    }
    missed.forEach(each -> guard.seen(each, each.run().completedAt()));

    assertThat(told(AnomalyDetected.class)).hasSize(1);
    assertThat(told(AnomalyCleared.class)).hasSize(1);
  }

  @Test
  void announcedWorkTeachesNothing() {
    definition =
        new ServiceDefinition(
            definition.id(),
            null,
            definition.entrypoint(),
            definition.locations(),
            definition.sites(),
            definition.probes(),
            definition.failover(),
            definition.traffic(),
            definition.slos(),
            List.of(new Maintenance("0 0 12 * * *", Duration.ofMinutes(30))));
    guard = opened();
    lasts(Duration.ofHours(HOURS), 50);
    lasts(Duration.ofMinutes(29), 500);
    lasts(Duration.ofMinutes(10), 50);

    assertThat(told).isEmpty();
  }

  @Test
  void whatIsGoneFromTheDefinitionIsForgottenAndNoAnomalyAnyMore() {
    lasts(Duration.ofHours(HOURS), 50);
    lasts(Duration.ofMinutes(3), 150);
    ServiceDefinition without = definition;
    guard.defined(
        new ServiceDefinition(
            without.id(),
            null,
            without.entrypoint(),
            without.locations(),
            without.sites(),
            List.of(
                new Probe(
                    new ProbeId("other"),
                    new ProbeCheck("http", Map.of()),
                    INTERVAL,
                    INTERVAL,
                    INTERVAL,
                    true)),
            without.failover(),
            without.traffic(),
            without.slos(),
            List.of()),
        now);
    assertThat(told).last().isInstanceOf(AnomalyCleared.class);
    assertThat(kept()).isEmpty();

    guard.defined(definition, now);
    lasts(Duration.ofHours(1), 50);
    assertThat(kept()).isNotEmpty();
    guard.removed(Shop.ID);
    assertThat(kept()).isEmpty();
  }

  private void lasts(Duration time, int millis) {
    for (long left = time.dividedBy(INTERVAL); left > 0; left--) {
      step(millis);
    }
  }

  private void step(int millis) {
    for (String location : List.of("here", "there")) {
      int took = millis + random.nextInt(millis / 10 + 1);
      guard = dying ? opened() : guard;
      guard.seen(result(location, now, took, Outcome.SUCCESS), now.plusMillis(took));
    }
    now = now.plus(INTERVAL);
    guard.tick(now);
  }

  private void fails(int times) {
    for (int i = 0; i < times; i++) {
      sees(result("here", now, 50, Outcome.FAILURE));
    }
  }

  private void sees(ProbeCompleted result) {
    guard.seen(result, now);
    now = now.plus(INTERVAL);
    guard.tick(now);
  }

  private ProbeCompleted number(double value) {
    return Shop.numbers(now, INTERVAL, Map.of("queue", value));
  }

  private static ProbeCompleted result(String at, Instant slot, int millis, Outcome outcome) {
    return new ProbeCompleted(
        Shop.ID, Shop.PRIMARY, Shop.HEALTH, null, Shop.run(at, slot, INTERVAL, outcome, millis));
  }

  private <T extends Event> List<T> told(Class<T> type) {
    return told.stream().filter(type::isInstance).map(type::cast).toList();
  }

  private Map<String, byte[]> kept() {
    Map<String, byte[]> kept = new HashMap<>();
    try (var all = store.all()) {
      all.forEachRemaining(entry -> kept.put(entry.key, entry.value));
    }
    return kept;
  }

  private AnomalyGuard opened() {
    AnomalyGuard opened = new AnomalyGuard();
    opened.open(
        store,
        new Guard.Outlet() {
          @Override
          public void tell(Event event, String id, Instant at) {
            told.add(event);
            ids.add(id);
          }

          @Override
          public void mention(Event event, String id, Instant at) {
            throw new IllegalStateException("an anomaly is told at once: " + event);
          }
        });
    opened.defined(definition, now);
    return opened;
  }

  private static KeyValueStore<String, byte[]> store() {
    MockProcessorContext<String, byte[]> context = new MockProcessorContext<>();
    KeyValueStore<String, byte[]> made =
        Stores.keyValueStoreBuilder(
                Stores.inMemoryKeyValueStore("anomalies"), Serdes.String(), Serdes.ByteArray())
            .withLoggingDisabled()
            .build();
    made.init(context.getStateStoreContext(), made);
    return made;
  }
}
