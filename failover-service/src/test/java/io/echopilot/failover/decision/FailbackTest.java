package io.echopilot.failover.decision;

import static io.echopilot.failover.decision.World.FALLBACK;
import static io.echopilot.failover.decision.World.PRIMARY;
import static io.echopilot.failover.decision.World.location;
import static org.assertj.core.api.Assertions.assertThat;

import io.echopilot.events.FailoverEvent.FailbackCompleted;
import io.echopilot.events.FailoverEvent.FailbackStarted;
import io.echopilot.events.FailoverEvent.RecoveryInterrupted;
import io.echopilot.events.FailoverEvent.RecoveryStarted;
import io.echopilot.events.FailoverPhase;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class FailbackTest {
  private final World world = World.steady();

  private void failOverAndHeal() {
    world.breaks(PRIMARY).pass("10s").heals(PRIMARY).pass("3s");
  }

  @Test
  void oneLostPacketDoesNotRestartTheWait() {
    failOverAndHeal();
    world.pass("29M");
    world.breaks(PRIMARY).pass("1s").heals(PRIMARY);

    world.pass("1M");

    assertThat(world.all(RecoveryInterrupted.class)).isEmpty();
    assertThat(world.all(FailbackStarted.class)).hasSize(1);
  }

  @Test
  void aConfirmedFailureRestartsTheWait() {
    failOverAndHeal();
    world.pass("29M");
    world.breaks(PRIMARY).pass("2s").heals(PRIMARY);

    world.pass("29M");
    assertThat(world.all(RecoveryInterrupted.class)).hasSize(1);
    assertThat(world.all(FailbackStarted.class)).isEmpty();

    world.pass("2M");
    assertThat(world.all(FailbackStarted.class)).hasSize(1);
  }

  @Test
  void timeInWhichNobodyLookedIsNoHealth() {
    failOverAndHeal();
    world.pass("5M");
    world.silent.add(location(1));
    world.pass("20M");
    world.silent.clear();

    world.pass("10M");
    assertThat(world.all(FailbackStarted.class)).isEmpty();

    world.pass("21M");
    assertThat(world.all(FailbackStarted.class)).hasSize(1);
  }

  @Test
  void theWaitDoublesWithEachFailoverWithinADayUpToItsCap() {
    List<Long> waits = new ArrayList<>();
    for (int i = 0; i < 7; i++) {
      world.breaks(PRIMARY).breaks(FALLBACK).pass("5s").heals(FALLBACK).pass("10s");
      world.heals(PRIMARY).pass("3s");
      RecoveryStarted recovery = world.last(RecoveryStarted.class);
      waits.add(Duration.between(recovery.healthySince(), recovery.failbackAt()).toMinutes());
      // The fallback dies: back at once, without the wait.
      world.breaks(FALLBACK).pass("5s").heals(FALLBACK).pass("5s");
      assertThat(world.route.site()).isEqualTo(PRIMARY);
    }

    // Each round has two failovers, away and back.
    assertThat(waits).containsExactly(30L, 120L, 480L, 480L, 480L, 480L, 480L);
  }

  @Test
  void afterADayTheWaitIsShortAgain() {
    failOverAndHeal();
    world.pass("31M").leap("25H").pass("5s");

    failOverAndHeal();

    RecoveryStarted recovery = world.last(RecoveryStarted.class);
    assertThat(Duration.between(recovery.healthySince(), recovery.failbackAt()))
        .isEqualTo(Duration.ofMinutes(30));
  }

  @Test
  void aReturnedPrimaryIsWatchedForAWhile() {
    failOverAndHeal();
    world.pass("31M");
    assertThat(world.view().phase()).isEqualTo(FailoverPhase.OBSERVING);
    assertThat(world.last(FailbackCompleted.class).observeUntil())
        .isEqualTo(world.last(FailbackCompleted.class).rationale().now().plus(Duration.ofHours(1)));

    world.pass("61M");

    assertThat(world.names()).endsWith("ObservationCompleted");
    assertThat(world.view().phase()).isEqualTo(FailoverPhase.STEADY);
  }

  @Test
  void aManualFailbackWaitsForAPerson() {
    World manual = World.steady(World.definition(1, World.manual()));
    manual.breaks(PRIMARY).pass("10s").heals(PRIMARY).pass("2H");

    assertThat(manual.all(FailbackStarted.class)).isEmpty();
    assertThat(manual.view().whyNotYet())
        .containsExactly("traffic returns when a person asks for it: failback is manual");
  }

  @Test
  void suspicionOfTheFallbackDoesNotKeepTheTrafficFromReturning() {
    World three = World.steady(World.definition(3, World.policy()));
    three.breaks(PRIMARY).pass("10s").heals(PRIMARY).pass("3s");
    three.onlySees(location(1), FALLBACK);

    three.pass("31M");

    assertThat(three.route.site()).isEqualTo(PRIMARY);
  }

  @Test
  void aPrimaryThatFailsDuringItsReturnIsLeftForTheFallback() {
    failOverAndHeal();
    world.pass("29M50s");
    world.edge = World.Edge.SILENT;
    world.pass("10s");
    assertThat(world.view().phase()).isEqualTo(FailoverPhase.SWITCHING_BACK);

    world.edge = World.Edge.APPLIES;
    world.breaks(PRIMARY).pass("5s");

    assertThat(world.route.site()).isEqualTo(FALLBACK);
    assertThat(world.view().phase()).isEqualTo(FailoverPhase.FAILED_OVER);
  }
}
