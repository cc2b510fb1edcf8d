package io.echopilot.failover.decision;

import static io.echopilot.failover.decision.World.FALLBACK;
import static io.echopilot.failover.decision.World.PRIMARY;
import static io.echopilot.failover.decision.World.SERVICE;
import static org.assertj.core.api.Assertions.assertThat;

import io.echopilot.events.AnomalyEvent;
import io.echopilot.events.AnomalyEvent.AnomalyCleared;
import io.echopilot.events.AnomalyEvent.AnomalyDetected;
import io.echopilot.events.AnomalyKind;
import io.echopilot.events.FailoverEvent.FailoverStarted;
import io.echopilot.events.FailoverEvent.SiteCleared;
import io.echopilot.events.FailoverEvent.SiteSuspected;
import io.echopilot.events.FailoverPhase;
import io.echopilot.events.RecordPosition;
import io.echopilot.events.SiteId;
import org.junit.jupiter.api.Test;

/** An anomaly makes a site suspect and never more. */
class AnomalyTest {
  private static final String SENTENCE = "health.latency is far above what is usual";

  private final World world = World.steady();
  private long offset;

  @Test
  void anAnomalyOfTheActiveSiteMakesItSuspectUntilItIsOver() {
    arrives(detected(PRIMARY, "health.latency"));
    world.pass("1H");

    assertThat(world.names()).containsExactly("SiteSuspected");
    assertThat(world.last(SiteSuspected.class).rationale().rules())
        .containsExactly("primary is unusual, which is not enough to act on: " + SENTENCE);
    assertThat(world.view().phase()).isEqualTo(FailoverPhase.SUSPECT);
    assertThat(world.route.site()).isEqualTo(PRIMARY);

    arrives(cleared(PRIMARY, "health.latency"));
    assertThat(world.all(SiteCleared.class)).hasSize(1);
    assertThat(world.view().phase()).isEqualTo(FailoverPhase.STEADY);
  }

  @Test
  void howeverManyThereAreTheyMoveNothing() {
    for (int i = 0; i < 100; i++) {
      arrives(detected(PRIMARY, "health.number" + i));
      world.pass("2s");
    }

    assertThat(world.all(FailoverStarted.class)).isEmpty();
    assertThat(world.names()).containsExactly("SiteSuspected");
  }

  @Test
  void aSiteIsSuspectUntilItsLastAnomalyIsOver() {
    arrives(detected(PRIMARY, "health.latency"));
    arrives(detected(PRIMARY, "health.errors"));
    arrives(cleared(PRIMARY, "health.latency"));
    assertThat(world.view().phase()).isEqualTo(FailoverPhase.SUSPECT);

    arrives(cleared(PRIMARY, "health.errors"));
    assertThat(world.view().phase()).isEqualTo(FailoverPhase.STEADY);
  }

  @Test
  void anAnomalyOfAnotherSiteSuspectsNothingAndKeepsNoTrafficAway() {
    arrives(detected(FALLBACK, "health.latency"));
    assertThat(world.names()).isEmpty();

    world.breaks(PRIMARY).pass("5s");
    assertThat(world.last(FailoverStarted.class).to()).isEqualTo(FALLBACK);
  }

  @Test
  void aSuspectSiteThatFailsIsLeftAsSoonAsAnyOther() {
    arrives(detected(PRIMARY, "health.latency"));
    world.breaks(PRIMARY).pass("5s");

    assertThat(world.all(FailoverStarted.class)).hasSize(1);
    assertThat(world.route.site()).isEqualTo(FALLBACK);
  }

  private void arrives(AnomalyEvent event) {
    world.decide(
        new Input.AnomalyArrived(event, new RecordPosition("echopilot.anomalies", 0, ++offset)),
        world.now);
  }

  private AnomalyEvent detected(SiteId site, String series) {
    return new AnomalyDetected(
        SERVICE, site, series, 900, 10, 20, AnomalyKind.SPIKE, SENTENCE, world.now);
  }

  private AnomalyEvent cleared(SiteId site, String series) {
    return new AnomalyCleared(SERVICE, site, series, world.now);
  }
}
