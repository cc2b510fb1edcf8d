package io.echopilot.systemtests;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.echopilot.events.Confirmation;
import io.echopilot.events.FailoverEvent.FailbackStarted;
import io.echopilot.events.FailoverEvent.FailoverBlocked;
import io.echopilot.events.FailoverEvent.FailoverCompleted;
import io.echopilot.events.FailoverEvent.FailoverStarted;
import io.echopilot.events.FailoverEvent.ObservationCompleted;
import io.echopilot.events.FailoverEvent.SiteSuspected;
import io.echopilot.events.FailoverEvent.TrafficSwitchRequested;
import io.echopilot.events.LocationEvent.LocationImpaired;
import io.echopilot.events.LocationEvent.LocationRecovered;
import io.echopilot.events.Outcome;
import io.echopilot.events.ServiceEvent.ServiceDefined;
import io.echopilot.events.TopicNames;
import io.echopilot.events.Topics;
import io.echopilot.fleet.process.Signal;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** One replica of each service: what happens to a fleet, and what it does about it. */
@Timeout(600)
class FleetIT {
  private static final Duration OUTAGE = Duration.ofSeconds(30);
  private static World world;
  private int mark;

  @BeforeAll
  static void start() {
    world = World.ofSwitching("one", 1);
  }

  @AfterAll
  static void stop() {
    world.close();
  }

  @BeforeEach
  void settle() {
    world.settle();
    mark = world.log.mark();
  }

  @ParameterizedTest
  @ValueSource(strings = {"refuse", "slow", "500"})
  void aBrokenPrimaryIsLeftAndAHealedOneIsReturnedTo(String how) {
    world.mode("primary", how);
    world.awaitServing("fallback");
    FailoverCompleted completed = world.log.await("demo", mark, FailoverCompleted.class);
    assertThat(completed.confirmation()).isEqualTo(Confirmation.ENTRYPOINT);

    world.mode("primary", "ok");
    world.awaitServing("primary");
    world.log.await("demo", mark, ObservationCompleted.class);

    assertThat(world.log.names("demo", mark))
        .containsSubsequence(
            "SiteSuspected",
            "FailoverStarted",
            "TrafficSwitchRequested",
            "TrafficSwitched",
            "FailoverCompleted",
            "RecoveryStarted",
            "FailbackStarted",
            "TrafficSwitchRequested",
            "TrafficSwitched",
            "FailbackCompleted",
            "ObservationCompleted");
    assertThat(world.log.await("demo", mark, FailoverStarted.class).rationale().evidence())
        .hasSizeGreaterThanOrEqualTo(5);
  }

  @Test
  void aServiceKilledInTheMiddleOfASwitchSwitchesOnce() {
    int before = world.writes("demo").size();
    world.holdNextWrite();
    world.mode("primary", "refuse");
    World.await("the write at the edge's door", () -> world.held() == 1);

    world.fleet.failover(1).kill(Signal.KILL);
    world.release();
    world.fleet.failover(1).restart();

    FailoverCompleted completed = world.log.await("demo", mark, FailoverCompleted.class);
    world.awaitServing("fallback");
    List<String> writes = world.writes("demo").subList(before, world.writes("demo").size());
    assertThat(writes).filteredOn(write -> write.endsWith(" applied")).hasSize(1);
    assertThat(writes).allMatch(write -> write.startsWith("fallback " + completed.epoch()));
    assertThat(world.log.count("demo", mark, FailoverCompleted.class)).isEqualTo(1);
    assertThat(world.log.count("demo", mark, FailoverStarted.class)).isEqualTo(1);
    assertThat(world.log.failovers("demo", mark))
        .filteredOn(TrafficSwitchRequested.class::isInstance)
        .extracting(event -> ((TrafficSwitchRequested) event).decisionId())
        .containsOnly(completed.decisionId());
  }

  @Test
  void aLocationWithoutANetworkMovesNothing() {
    world.mode("references", "refuse");
    world.mode("primary", "refuse");
    world.mode("fallback", "refuse");
    World.await("impaired", () -> world.log.any(mark, LocationImpaired.class::isInstance));
    // Unknown everywhere, seen by the service: the failures have been read, and counted for
    // nothing.
    World.await(
        "nobody votes",
        () ->
            world.api("/api/v1/services/demo").contains("\"site\":\"primary\",\"vote\":\"unknown\"")
                && world.api("/api/v1/services/demo").contains("can't reach its own references"));

    assertThat(world.log.count("demo", mark, FailoverStarted.class)).isZero();
    assertThat(world.log.count("demo", mark, FailoverBlocked.class)).isZero();
  }

  @Test
  void twoSilentLocationsAndOneThatSaysDownMoveNothing() {
    world.mode("primary", "refuse");

    // The demo service, seen by the same location, moves: so the failures were there to be seen.
    world.log.await("demo", mark, FailoverCompleted.class);
    world.log.await(World.LONELY, mark, SiteSuspected.class);

    World.await(
        "its one vote",
        () ->
            world
                .api("/api/v1/services/lonely")
                .contains("1 of 2 needed locations vote primary down"));
    assertThat(world.log.count(World.LONELY, mark, FailoverStarted.class)).isZero();
    assertThat(world.writes(World.LONELY)).isEmpty();
  }

  @Test
  void withBothSitesDownTheTrafficStaysUntilOneHeals() {
    int before = world.writes("demo").size();
    world.mode("fallback", "refuse");
    World.await(
        "fallback seen down",
        () ->
            world.api("/api/v1/services/demo").contains("\"site\":\"fallback\",\"vote\":\"down\""));
    world.mode("primary", "refuse");
    world.log.await("demo", mark, FailoverBlocked.class);
    assertThat(world.writes("demo")).hasSize(before);

    world.mode("fallback", "ok");

    world.awaitServing("fallback");
  }

  @Test
  void aFallbackThatDiesGivesTheTrafficBackAtOnce() {
    // So long a wait that a return within a test's patience is none of its doing.
    Duration wait = Duration.ofMinutes(10);
    String usual = world.services();
    world.writeServices(
        usual.replace(
            "failbackAfter: 2s, failbackCap: 2s", "failbackAfter: 10m, failbackCap: 10m"));
    try {
      world.log.await(
          mark,
          ServiceDefined.class,
          defined ->
              defined.subject().equals("demo")
                  && defined.definition().failover().failbackAfter().equals(wait));
      world.mode("primary", "refuse");
      world.log.await("demo", mark, FailoverCompleted.class);
      int failedOver = world.log.mark();
      world.mode("primary", "ok");
      World.await("primary seen healthy", () -> world.phase("demo").equals("recovering"));
      world.mode("fallback", "refuse");

      world.awaitServing("primary");

      assertThat(world.log.await("demo", failedOver, FailoverStarted.class).to())
          .hasToString("primary");
      assertThat(world.log.count("demo", failedOver, FailbackStarted.class)).isZero();
    } finally {
      world.writeServices(usual);
    }
  }

  @Test
  void garbageOnAnyTopicIsSetAsideAndTheNextRecordIsProcessed() {
    for (byte[] garbage : List.of("garbage".getBytes(UTF_8), new byte[1_048_000])) {
      Topics.all().forEach(topic -> world.produce(topic.name(), "demo", garbage, Map.of()));
    }

    for (String topic :
        List.of(
            TopicNames.SERVICES,
            TopicNames.PROBE_RESULTS,
            TopicNames.TRAFFIC_RESULTS,
            TopicNames.SLO_BREACHES,
            TopicNames.ANOMALIES,
            TopicNames.FAILOVER_EVENTS,
            TopicNames.FAILOVER_STATE)) {
      World.await(
          topic + " has a dead letter", () -> !world.log.deadLetters(topic, mark).isEmpty());
      assertThat(world.log.deadLetters(topic, mark)).contains("header ce_type is missing");
    }
    world.mode("primary", "refuse");
    world.awaitServing("fallback");
  }

  @Test
  void aBadAnEmptyAndAMissingFileChangeNothing() {
    String good = world.services();
    world.writeServices(good.replace("failures: 3", "failures: many"));
    World.await("refused", () -> world.api("/api/v1/catalog").contains("services.yaml"));
    assertThat(world.api("/api/v1/catalog"))
        .contains("\"inForce\":false")
        .containsPattern("\"line\":\\d+");

    world.writeServices("");
    World.await("read as empty", () -> !world.api("/api/v1/catalog").contains("many"));
    world.deleteServices();
    World.await("gone", () -> world.api("/api/v1/catalog").contains("is not there"));
    world.mode("primary", "refuse");
    world.awaitServing("fallback");

    world.writeServices(good);
    World.await("in force", () -> world.api("/api/v1/catalog").contains("\"inForce\":true"));
  }

  @Test
  void anOutageOfKafkaMovesNothingAndNothingAfterIt() {
    int before = world.writes("demo").size();
    world.fleet.broker().stop(Duration.ofSeconds(20));
    Instant stopped = Instant.now();
    world.mode("primary", "refuse");
    Awaitility.await().pollDelay(OUTAGE).atMost(OUTAGE.plusSeconds(5)).until(() -> true);
    assertThat(world.writes("demo")).hasSize(before);
    world.mode("primary", "ok");
    World.await("primary answers", () -> world.serving().equals("primary"));
    world.fleet.broker().restart();
    world.fleet.broker().awaitReady(World.PATIENCE);
    Instant back = Instant.now();

    World.await("fresh news", () -> world.log.primarySeen(mark, Outcome.SUCCESS, back));
    World.await("late news", () -> world.log.primarySeen(mark, Outcome.FAILURE, stopped));
    world.log.awaitDecided();
    assertThat(world.log.count("demo", mark, FailoverStarted.class)).isZero();
    assertThat(world.writes("demo")).hasSize(before);

    world.mode("primary", "refuse");
    world.awaitServing("fallback");
  }

  @Test
  void aLocationThatRecoversSaysSo() {
    world.mode("references", "refuse");
    world.mode("primary", "refuse");
    World.await("impaired", () -> world.log.any(mark, LocationImpaired.class::isInstance));
    world.mode("primary", "ok");
    world.mode("references", "ok");

    World.await("recovered", () -> world.log.any(mark, LocationRecovered.class::isInstance));
    assertThat(world.log.count("demo", mark, FailoverStarted.class)).isZero();
  }
}
