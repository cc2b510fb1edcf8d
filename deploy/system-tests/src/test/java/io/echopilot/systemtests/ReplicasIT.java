package io.echopilot.systemtests;

import static org.assertj.core.api.Assertions.assertThat;

import io.echopilot.events.FailoverEvent.FailbackCompleted;
import io.echopilot.events.FailoverEvent.FailoverCompleted;
import io.echopilot.events.FailoverEvent.FailoverStarted;
import io.echopilot.fleet.process.FleetProcess;
import io.echopilot.fleet.process.Signal;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Two replicas of failover-service, one of which freezes with its write at the edge's door. */
@Timeout(600)
class ReplicasIT {
  private static World world;
  private int mark;

  @BeforeAll
  static void start() {
    world = World.ofSwitching("two", 2);
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

  @Test
  void aReplicaThatWakesUpWithTheSameDecisionHasNoEffect() {
    int before = world.writes("demo").size();
    FleetProcess frozen = freezeOneWithItsWriteHeld();
    FailoverCompleted completed = world.log.await("demo", mark, FailoverCompleted.class);

    world.release();
    long results = world.log.switchResults(mark);
    frozen.kill(Signal.CONT);
    World.await("the woken replica's own result", () -> world.log.switchResults(mark) > results);

    List<String> writes = world.writes("demo").subList(before, world.writes("demo").size());
    assertThat(writes).filteredOn(write -> write.endsWith(" applied")).hasSize(1);
    assertThat(writes).contains("fallback %s repeated".formatted(completed.epoch()));
    assertThat(world.log.count("demo", mark, FailoverStarted.class)).isEqualTo(1);
    assertThat(world.log.count("demo", mark, FailoverCompleted.class)).isEqualTo(1);
    assertThat(world.serving()).isEqualTo("fallback");

    // The next decision has read what the woken replica said, and has the next epoch.
    world.mode("primary", "ok");
    assertThat(world.log.await("demo", mark, FailbackCompleted.class).epoch())
        .isEqualTo(completed.epoch().next());
    frozen.awaitReady(World.PATIENCE);
  }

  @Test
  void aReplicaThatWakesUpAfterALaterFailbackIsRefused() {
    FleetProcess frozen = freezeOneWithItsWriteHeld();
    FailoverCompleted completed = world.log.await("demo", mark, FailoverCompleted.class);
    world.mode("primary", "ok");
    world.log.await("demo", mark, FailbackCompleted.class);

    world.release();

    assertThat(world.writes("demo").getLast())
        .isEqualTo("fallback %s refused".formatted(completed.epoch()));
    assertThat(world.serving()).isEqualTo("primary");
    frozen.kill(Signal.CONT);
    frozen.awaitReady(World.PATIENCE);
    World.await("demo steady", () -> world.phase("demo").equals("steady"));
    assertThat(world.log.count("demo", mark, FailoverStarted.class)).isEqualTo(1);
    assertThat(world.serving()).isEqualTo("primary");
  }

  private FleetProcess freezeOneWithItsWriteHeld() {
    world.holdNextWrite();
    world.mode("primary", "refuse");
    World.await("the write at the edge's door", () -> world.held() == 1);
    FleetProcess sender = world.lastActuator();
    sender.kill(Signal.STOP);
    return sender;
  }
}
