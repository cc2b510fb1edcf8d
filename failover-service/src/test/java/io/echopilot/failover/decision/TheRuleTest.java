package io.echopilot.failover.decision;

import static io.echopilot.failover.decision.World.FALLBACK;
import static io.echopilot.failover.decision.World.PRIMARY;
import static org.assertj.core.api.Assertions.assertThat;

import io.echopilot.events.FailoverEvent.FailbackStarted;
import io.echopilot.events.FailoverEvent.FailoverBlocked;
import io.echopilot.events.FailoverEvent.FailoverStarted;
import org.junit.jupiter.api.Test;

/** The rule in five tests. Read this first. */
class TheRuleTest {
  @Test
  void threeFailuresInARowSendTheTrafficToTheFallback() {
    World world = World.steady();

    world.breaks(PRIMARY).pass("2s");
    assertThat(world.names()).containsExactly("SiteSuspected");

    world.pass("3s");
    assertThat(world.last(FailoverStarted.class).to()).isEqualTo(FALLBACK);
    assertThat(world.names())
        .containsExactly(
            "SiteSuspected",
            "FailoverStarted",
            "TrafficSwitchRequested",
            "TrafficSwitched",
            "FailoverCompleted");
    assertThat(world.route.site()).isEqualTo(FALLBACK);
  }

  @Test
  void withoutAHealthyFallbackTheTrafficStays() {
    World world = World.steady();

    world.breaks(PRIMARY).breaks(FALLBACK).pass("10s");

    assertThat(world.all(FailoverBlocked.class)).hasSize(1);
    assertThat(world.all(FailoverStarted.class)).isEmpty();
    assertThat(world.route.site()).isEqualTo(PRIMARY);
  }

  @Test
  void unknownIsNotDown() {
    World world = World.steady(World.definition(3, World.policy()));

    world.silent.add(World.location(2));
    world.silent.add(World.location(3));
    world.breaks(PRIMARY).pass("60s");

    assertThat(world.all(FailoverStarted.class)).isEmpty();
  }

  @Test
  void thirtyMinutesOfHealthBringTheTrafficBack() {
    World world = World.steady();
    world.breaks(PRIMARY).pass("10s").heals(PRIMARY);

    world.pass("29M50s");
    assertThat(world.all(FailbackStarted.class)).isEmpty();

    world.pass("20s");
    assertThat(world.route.site()).isEqualTo(PRIMARY);
    assertThat(world.names())
        .endsWith(
            "FailbackStarted", "TrafficSwitchRequested", "TrafficSwitched", "FailbackCompleted");
  }

  @Test
  void aFallbackThatDiesGivesTheTrafficBackAtOnce() {
    World world = World.steady();
    world.breaks(PRIMARY).pass("10s").heals(PRIMARY).pass("10s");
    assertThat(world.route.site()).isEqualTo(FALLBACK);

    world.breaks(FALLBACK).pass("5s");

    assertThat(world.route.site()).isEqualTo(PRIMARY);
    assertThat(world.all(FailoverStarted.class)).hasSize(2);
  }
}
