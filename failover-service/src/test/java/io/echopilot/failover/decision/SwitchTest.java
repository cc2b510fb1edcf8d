package io.echopilot.failover.decision;

import static io.echopilot.failover.decision.World.FALLBACK;
import static io.echopilot.failover.decision.World.PRIMARY;
import static io.echopilot.failover.decision.World.SERVICE;
import static io.echopilot.failover.decision.World.THIRD;
import static org.assertj.core.api.Assertions.assertThat;

import io.echopilot.events.Confirmation;
import io.echopilot.events.DecisionId;
import io.echopilot.events.Drift;
import io.echopilot.events.Epoch;
import io.echopilot.events.FailoverEvent.FailoverCompleted;
import io.echopilot.events.FailoverEvent.FailoverStarted;
import io.echopilot.events.FailoverEvent.RouteDrifted;
import io.echopilot.events.FailoverEvent.RouteReasserted;
import io.echopilot.events.FailoverEvent.ServiceHeld;
import io.echopilot.events.FailoverEvent.SwitchAdopted;
import io.echopilot.events.FailoverEvent.TrafficSwitchFailed;
import io.echopilot.events.FailoverEvent.TrafficSwitchRequested;
import io.echopilot.events.FailoverPhase;
import io.echopilot.events.Route;
import io.echopilot.events.TrafficResult.RouteObserved;
import io.echopilot.events.TrafficResult.RouteUnreadable;
import io.echopilot.events.TrafficResult.SwitchApplied;
import io.echopilot.events.TrafficResult.SwitchErrored;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

class SwitchTest {
  private final World world = World.steady();

  @Test
  void aSwitchThatFailsIsTriedAgainUnderTheSameEpochAndDecisionAfterLongerAndLonger() {
    world.edge = World.Edge.FAILS;
    world.breaks(PRIMARY).pass("30s");

    List<TrafficSwitchRequested> requests = world.all(TrafficSwitchRequested.class);
    assertThat(requests).extracting(TrafficSwitchRequested::attempt).containsExactly(1, 2, 3);
    assertThat(requests).extracting(TrafficSwitchRequested::epoch).containsOnly(new Epoch(0, 1));
    assertThat(requests)
        .extracting(TrafficSwitchRequested::decisionId)
        .hasSize(3)
        .containsOnly(requests.getFirst().decisionId());
    List<TrafficSwitchFailed> failures = world.all(TrafficSwitchFailed.class);
    assertThat(failures).extracting(TrafficSwitchFailed::reason).containsOnly("503");
    assertThat(failures)
        .extracting(
            failed -> Duration.between(failed.rationale().now(), failed.retryAt()).toSeconds())
        .startsWith(5L, 10L, 20L);
  }

  @Test
  void aSwitchWithoutAnAnswerTimesOut() {
    world.edge = World.Edge.SILENT;
    world.breaks(PRIMARY).pass("12s");

    assertThat(world.last(TrafficSwitchFailed.class).reason())
        .isEqualTo("no answer from the actuator before the deadline");
  }

  @Test
  void aReadBackShowsThatTheSwitchTookEffectAlthoughItsAnswerWasLost() {
    world.edge = World.Edge.APPLIES_SILENTLY;
    world.breaks(PRIMARY).pass("4s");
    assertThat(world.all(FailoverCompleted.class)).isEmpty();

    world.readBack();
    world.pass("2s");

    assertThat(world.all(FailoverCompleted.class)).hasSize(1);
  }

  @Test
  void theFailoverIsCompleteOnlyOnceTheEntrypointShowsTheNewSite() {
    world.entrypointFollows = false;
    world.breaks(PRIMARY).pass("7s");
    assertThat(world.names()).contains("TrafficSwitched").doesNotContain("FailoverCompleted");

    world.pass("5s");
    assertThat(world.last(TrafficSwitchFailed.class).reason())
        .isEqualTo("the entrypoint does not show fallback yet");

    world.entrypointFollows = true;
    world.pass("30s");
    assertThat(world.last(FailoverCompleted.class).confirmation())
        .isEqualTo(Confirmation.ENTRYPOINT);
  }

  @Test
  void whatTheEntrypointShowedBeforeTheSwitchProvesNothing() {
    world.entrypointFollows = false;
    world.leap("0.5S").sighting(World.location(1), FALLBACK);

    world.breaks(PRIMARY).pass("5s");

    assertThat(world.all(FailoverCompleted.class)).isEmpty();
  }

  @Test
  void withoutASiteAtTheEntrypointTheRouteIsAllTheProof() {
    World blind =
        World.steady(World.definition(1, World.policy(), List.of(PRIMARY, FALLBACK), null));

    blind.breaks(PRIMARY).pass("5s");

    assertThat(blind.last(FailoverCompleted.class).confirmation()).isEqualTo(Confirmation.ROUTE);
  }

  @Test
  void theAnswerToAnEarlierDecisionIsIgnored() {
    world.edge = World.Edge.SILENT;
    world.breaks(PRIMARY).pass("4s");
    TrafficSwitchRequested request = world.last(TrafficSwitchRequested.class);

    world.report(
        new SwitchApplied(
            SERVICE, FALLBACK, request.epoch(), new DecisionId("another"), 1, world.now));
    world.report(
        new SwitchApplied(SERVICE, FALLBACK, Epoch.ZERO, request.decisionId(), 1, world.now));
    world.report(
        new SwitchErrored(
            SERVICE, request.epoch(), request.decisionId(), 7, "an older attempt", world.now));

    assertThat(world.names()).endsWith("FailoverStarted", "TrafficSwitchRequested");
  }

  @Test
  void aRepeatedAnswerDoublesNothing() {
    world.breaks(PRIMARY).pass("10s");
    TrafficSwitchRequested request = world.last(TrafficSwitchRequested.class);
    int before = world.events.size();

    world.report(
        new SwitchApplied(SERVICE, FALLBACK, request.epoch(), request.decisionId(), 1, world.now));

    assertThat(world.events).hasSize(before);
  }

  @Test
  void aTargetThatDiesDuringTheSwitchIsGivenUpForTheNextHealthySite() {
    World three =
        World.steady(
            World.definition(1, World.policy(), List.of(PRIMARY, FALLBACK, THIRD), "$.site"));
    three.edge = World.Edge.SILENT;
    three.breaks(PRIMARY).pass("4s");
    three.edge = World.Edge.APPLIES;

    three.breaks(FALLBACK).pass("5s");

    assertThat(three.all(FailoverStarted.class))
        .extracting(FailoverStarted::to)
        .containsExactly(FALLBACK, THIRD);
    assertThat(three.route)
        .extracting(Route::site, Route::epoch)
        .containsExactly(THIRD, new Epoch(0, 2));
  }

  @Test
  void whenTheTargetDiesToAndNothingIsLeftTheServiceIsBlockedUntilSomethingHeals() {
    world.edge = World.Edge.SILENT;
    world.breaks(PRIMARY).pass("4s");
    world.edge = World.Edge.APPLIES;
    world.breaks(FALLBACK).pass("5s");
    assertThat(world.view().phase()).isEqualTo(FailoverPhase.BLOCKED);

    world.heals(FALLBACK).pass("5s");

    assertThat(world.route.site()).isEqualTo(FALLBACK);
    assertThat(world.route.epoch()).isEqualTo(new Epoch(0, 2));
  }

  @Test
  void aHigherEpochAtTheEdgeIsAdoptedAndNothingMovesAnyMore() {
    world.foreignSwitch(FALLBACK, new Epoch(1, 0));
    world.readBack();

    assertThat(world.last(SwitchAdopted.class).route().epoch()).isEqualTo(new Epoch(1, 0));
    assertThat(world.last(ServiceHeld.class).reason()).contains("epoch 1.0");
    int before = world.events.size();
    world.breaks(FALLBACK).pass("60s");
    assertThat(world.events).hasSize(before);
    assertThat(world.view().phase()).isEqualTo(FailoverPhase.HELD);
  }

  @Test
  void aRefusalByAHigherEpochIsAdoptedToo() {
    world.foreignSwitch(PRIMARY, new Epoch(0, 9));
    world.breaks(PRIMARY).pass("5s");

    assertThat(world.names()).contains("SwitchAdopted").endsWith("ServiceHeld");
    assertThat(world.state.issued()).isEqualTo(new Epoch(0, 9));
  }

  @Test
  void aDriftedRouteIsPutBackUnderANewEpoch() {
    world.pass("5s");
    world.route = new Route(FALLBACK, Epoch.ZERO, null);
    world.readBack();
    world.pass("2s");

    assertThat(world.last(RouteDrifted.class).observed().site()).isEqualTo(FALLBACK);
    assertThat(world.last(RouteReasserted.class).epoch()).isEqualTo(new Epoch(0, 1));
    assertThat(world.route.site()).isEqualTo(PRIMARY);
    assertThat(world.view().phase()).isEqualTo(FailoverPhase.STEADY);
  }

  @Test
  void anEdgeThatLostItsRouteGetsItBack() {
    world.pass("5s");
    world.route = new Route(null, Epoch.ZERO, null);
    world.readBack();

    assertThat(world.route.site()).isEqualTo(PRIMARY);
  }

  @Test
  void aDriftedRouteIsLeftAloneWhereThePolicySaysHold() {
    World holding = World.steady(World.definition(1, World.drift(Drift.HOLD)));
    holding.pass("5s");
    holding.route = new Route(FALLBACK, Epoch.ZERO, null);
    holding.readBack();

    assertThat(holding.names()).endsWith("RouteDrifted", "ServiceHeld");
    assertThat(holding.route.site()).isEqualTo(FALLBACK);
  }

  @Test
  void aReadBackFromJustBeforeTheSwitchIsNoDrift() {
    world.breaks(PRIMARY).pass("4s");
    world.report(new RouteObserved(SERVICE, new Route(PRIMARY, Epoch.ZERO, null), world.now));

    assertThat(world.all(RouteDrifted.class)).isEmpty();
  }

  @Test
  void nothingMovesBeforeTheRouteWasRead() {
    World fresh = new World(World.definition(1, World.policy()));
    fresh.report(new RouteUnreadable(SERVICE, "connection refused", fresh.now));
    fresh.breaks(PRIMARY).pass("60s");

    assertThat(fresh.events).isEmpty();
    assertThat(fresh.view().whyNotYet())
        .containsExactly(
            "the route can't be read back: connection refused",
            "nothing is moved before the edge has told its route");
  }

  @Test
  void anEdgeWithoutARouteGetsTheFirstHealthySite() {
    World fresh = new World(World.definition(1, World.policy()));
    fresh.route = new Route(null, Epoch.ZERO, null);
    fresh.readBack();
    fresh.breaks(PRIMARY).pass("10s");

    assertThat(fresh.route.site()).isEqualTo(FALLBACK);
    assertThat(fresh.view().phase()).isEqualTo(FailoverPhase.FAILED_OVER);
  }

  @Test
  void aServiceThatNeverSwitchedTakesTheEdgesEpochAsItsOwn() {
    World fresh = new World(World.definition(1, World.policy()));
    fresh.route = new Route(FALLBACK, new Epoch(0, 7), new DecisionId("before"));
    fresh.readBack();
    assertThat(fresh.names()).containsExactly("RouteEstablished");

    fresh.pass("5s").breaks(FALLBACK).pass("5s");

    assertThat(fresh.route.epoch()).isEqualTo(new Epoch(0, 8));
    assertThat(fresh.route.site()).isEqualTo(PRIMARY);
  }
}
