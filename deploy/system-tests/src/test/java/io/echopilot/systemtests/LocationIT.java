package io.echopilot.systemtests;

import static org.assertj.core.api.Assertions.assertThat;

import io.echopilot.events.FailoverEvent.FailoverBlocked;
import io.echopilot.events.FailoverEvent.FailoverStarted;
import io.echopilot.events.LocationEvent.LocationImpaired;
import io.echopilot.events.Outcome;
import io.echopilot.events.ProbeEvent.ProbeCompleted;
import io.echopilot.fleet.process.Signal;
import java.time.Instant;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;

/** A location whose word alone would move traffic, in trouble of its own. */
@Timeout(600)
@ExtendWith(WholeFleet.class)
class LocationIT {
  private final World world;
  private int mark;
  private Instant since;

  LocationIT(World world) {
    this.world = world;
  }

  @BeforeEach
  void settle() {
    world.settle();
    world.log.awaitAllTold();
    mark = world.log.mark();
    since = Instant.now();
  }

  @Test
  void aLocationWhoseNetworkIsCutMovesNothingAndIsOneTicket() {
    world.mode("references", "refuse");
    world.mode("primary", "refuse");
    world.mode("fallback", "refuse");

    world.log.await(mark, LocationImpaired.class, _ -> true);
    world.awaitShown("slack", since, "it can't reach its own references");
    assertThat(world.shown("slack", since).getLast().path("text").asString())
        .contains("local-1", "(level 1)");
    World.await(
        "many failures that count for nothing",
        () ->
            world.log.events(ProbeCompleted.class).stream()
                    .filter(seen -> seen.run().startedAt().isAfter(since))
                    .filter(seen -> seen.run().outcome() == Outcome.FAILURE)
                    .filter(seen -> seen.run().locationImpaired())
                    .count()
                > 20);
    world.mode("references", "ok");
    world.mode("primary", "ok");
    world.mode("fallback", "ok");

    world.awaitShown("slack", since, "it does well again, its results count");
    assertThat(world.shown("slack", since)).hasSize(1);
    assertThat(world.shown("telegram", since)).isEmpty();
    assertThat(world.log.count("demo", mark, FailoverStarted.class)).isZero();
    assertThat(world.log.count("demo", mark, FailoverBlocked.class)).isZero();
  }

  @Test
  void aLocationThatIsNotHeardMovesNothingAndIsOneTicket() {
    world.fleet.prober(1).kill(Signal.KILL);

    world.awaitShown("slack", since, "it is silent, its results are missing");
    world.fleet.prober(1).restart();

    world.awaitShown("slack", since, "it does well again, its results count");
    assertThat(world.shown("slack", since)).hasSize(1);
    assertThat(world.shown("telegram", since)).isEmpty();
    assertThat(world.log.count("demo", mark, FailoverStarted.class)).isZero();
  }
}
