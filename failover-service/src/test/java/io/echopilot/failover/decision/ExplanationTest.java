package io.echopilot.failover.decision;

import static io.echopilot.failover.decision.World.FALLBACK;
import static io.echopilot.failover.decision.World.PRIMARY;
import static io.echopilot.failover.decision.World.SERVICE;
import static io.echopilot.failover.decision.World.THIRD;
import static io.echopilot.failover.decision.World.location;
import static org.assertj.core.api.Assertions.assertThat;

import io.echopilot.events.AnomalyEvent.AnomalyCleared;
import io.echopilot.events.AnomalyEvent.AnomalyDetected;
import io.echopilot.events.Evidence;
import io.echopilot.events.FailoverEvent.FailoverStarted;
import io.echopilot.events.FailoverEvent.ServiceHeld;
import io.echopilot.events.FailoverPhase;
import io.echopilot.events.FailoverStateEvent.FailoverState;
import io.echopilot.events.Rationale;
import io.echopilot.events.RecordPosition;
import io.echopilot.events.SloEvent.Level;
import io.echopilot.events.SloEvent.SloBreached;
import io.echopilot.events.SloEvent.SloRecovered;
import io.echopilot.events.SloId;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

class ExplanationTest {
  private static final RecordPosition HERE = new RecordPosition("echopilot.anomalies", 0, 1);

  @Test
  void aDecisionCarriesTheResultsThatDecided() {
    World world = World.steady(World.definition(3, World.policy()));
    world.breaks(PRIMARY).pass("5s");

    Rationale why = world.last(FailoverStarted.class).rationale();
    assertThat(why.policyHash()).isEqualTo("policy");
    assertThat(why.cause()).isNotNull();
    assertThat(why.rules())
        .containsExactly(
            "primary is down: 2 of 3 locations vote so (l1, l2), 2 needed, each after 3 failures in a row within 15m",
            "fallback is the first healthy site in order: 3 of 3 locations had 2 fresh successes in a row (l1, l2, l3)");
    assertThat(why.evidence())
        .hasSizeLessThanOrEqualTo(Rationale.MOST_EVIDENCE)
        .extracting(Evidence::finding)
        .contains("connection refused", "success");
    assertThat(why.evidence()).extracting(Evidence::topic).containsOnly("echopilot.probe-results");
  }

  @Test
  void evidenceStaysSmallHoweverManyLocationsThereAre() {
    World world = World.steady(World.definition(25, World.policy()));
    world.breaks(PRIMARY).pass("5s");

    assertThat(world.last(FailoverStarted.class).rationale().evidence())
        .hasSize(Rationale.MOST_EVIDENCE);
  }

  @Test
  void transitionsAreNumberedWithoutGaps() {
    World world = World.steady();
    world.breaks(PRIMARY).pass("10s").heals(PRIMARY).pass("32M");

    List<Long> numbers =
        world.events.stream().map(event -> event.rationale().sequence()).distinct().toList();
    for (int i = 1; i < numbers.size(); i++) {
      assertThat(numbers.get(i)).isEqualTo(numbers.get(i - 1) + 1);
    }
  }

  @Test
  void theViewIsTheSameAsLongAsNothingHappens() {
    World world = World.steady();
    FailoverState before = world.view();

    world.pass("10M");

    assertThat(world.view()).isEqualTo(before);
  }

  @Test
  void anActiveSiteThatNobodySeesIsSaidToBeUnknown() {
    World world = World.steady(World.definition(3, World.policy()));
    assertThat(world.view().whyNotYet()).isEmpty();

    world.silent.add(location(1));
    world.silent.add(location(3));
    world.pass("5M");

    assertThat(world.view().whyNotYet())
        .containsExactly("nobody knows how primary is: no result that counts from l1, l3");
  }

  @Test
  void burningBudgetsAndAnomaliesStandInTheViewAndInTheEvidenceAndMoveNothing() {
    World world = World.steady();
    world.decide(
        new Input.AnomalyArrived(
            new AnomalyDetected(
                SERVICE, PRIMARY, "health.latency", 900, 10, 20, null, null, world.now),
            HERE),
        world.now);
    world.decide(
        new Input.SloArrived(
            new SloBreached(
                SERVICE,
                PRIMARY,
                new SloId("availability"),
                Level.PAGE,
                14.6,
                Duration.ofHours(1),
                null,
                null,
                null,
                world.now),
            HERE),
        world.now);
    world.pass("60s");
    assertThat(world.names()).containsExactly("SiteSuspected");
    assertThat(world.view().sites().getFirst().notes())
        .containsExactly(
            "health.latency is 900.0, expected 10.0 to 20.0",
            "availability burns its budget at 14.6 times the even rate over PT1H");

    world.breaks(PRIMARY).pass("5s");
    assertThat(world.last(FailoverStarted.class).rationale().evidence())
        .extracting(Evidence::finding)
        .contains("health.latency is 900.0, expected 10.0 to 20.0");

    world.decide(
        new Input.AnomalyArrived(
            new AnomalyCleared(SERVICE, PRIMARY, "health.latency", world.now), HERE),
        world.now);
    world.decide(
        new Input.SloArrived(
            new SloRecovered(SERVICE, PRIMARY, new SloId("availability"), Level.PAGE, world.now),
            HERE),
        world.now);
    assertThat(world.view().sites().getFirst().notes()).isEmpty();
  }

  @Test
  void blockedSaysWhatEachOtherSiteLacks() {
    World world = World.steady();
    world.breaks(PRIMARY).breaks(FALLBACK).pass("5s");

    assertThat(world.view().whyNotYet())
        .containsExactly("fallback is no target: 0 of 1 needed locations saw 2 successes in a row");
  }

  @Test
  void recoveringSaysWhenTheTrafficReturns() {
    World world = World.steady();
    world.breaks(PRIMARY).pass("10s").heals(PRIMARY).pass("3s");

    assertThat(world.view().whyNotYet().getFirst())
        .startsWith("traffic returns at 2026-11-24T10:3");
    assertThat(world.view().nextDeadline()).isNotNull();
  }

  @Test
  void aLowerRevisionIsIgnored() {
    World world = World.steady();
    world.define(World.definition(3, World.policy()), 1);

    assertThat(world.state.definition().locations()).hasSize(1);
  }

  @Test
  void aDefinitionWithoutTheActiveSiteHoldsTheService() {
    World world = World.steady();
    world.breaks(PRIMARY).pass("10s");

    world.define(World.definition(1, World.policy(), List.of(PRIMARY, THIRD), "$.site"), 2);

    assertThat(world.last(ServiceHeld.class).reason())
        .isEqualTo("fallback has or gets the traffic, but is no site of the definition any more");
  }

  @Test
  void aNewPrimaryMakesTheOldOneAFallback() {
    World world = World.steady();
    world.define(World.definition(1, World.policy(), List.of(FALLBACK, PRIMARY), "$.site"), 2);
    assertThat(world.view().phase()).isIn(FailoverPhase.FAILED_OVER, FailoverPhase.RECOVERING);

    world.pass("31M");

    assertThat(world.route.site()).isEqualTo(FALLBACK);
  }

  @Test
  void resultsOfUnlistedLocationsAndUnknownProbesAreIgnored() {
    World world = World.steady();
    for (int i = 0; i < 5; i++) {
      world.pass("1s");
      world.result(location(9), PRIMARY, world.now, false);
    }

    assertThat(world.names()).isEmpty();
  }
}
