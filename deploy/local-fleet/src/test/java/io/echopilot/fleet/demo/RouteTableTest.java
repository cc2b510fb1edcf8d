package io.echopilot.fleet.demo;

import static org.assertj.core.api.Assertions.assertThat;

import io.echopilot.events.DecisionId;
import io.echopilot.events.Epoch;
import io.echopilot.events.Route;
import io.echopilot.events.ServiceId;
import io.echopilot.events.SiteId;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class RouteTableTest {
  private static final SiteId PRIMARY = new SiteId("primary");
  private static final SiteId FALLBACK = new SiteId("fallback");
  private static final Set<SiteId> SITES = Set.of(PRIMARY, FALLBACK);

  @Test
  void aHigherEpochIsApplied() {
    assertThat(decide(route(PRIMARY, 0, 3, "a"), write(FALLBACK, 0, 4, "b")))
        .isEqualTo(new WriteOutcome.Applied(route(FALLBACK, 0, 4, "b")));
  }

  @Test
  void aHigherGenerationWinsOverAHigherCounter() {
    assertThat(decide(route(PRIMARY, 0, 9, "a"), write(FALLBACK, 1, 0, "b")))
        .isEqualTo(new WriteOutcome.Applied(route(FALLBACK, 1, 0, "b")));
  }

  @Test
  void theSameDecisionAgainHasNoEffect() {
    Route current = route(FALLBACK, 0, 4, "b");
    assertThat(decide(current, write(FALLBACK, 0, 4, "b")))
        .isEqualTo(new WriteOutcome.Repeated(current));
  }

  @Test
  void anotherDecisionOfTheSameEpochIsRefused() {
    Route current = route(FALLBACK, 0, 4, "b");
    assertThat(decide(current, write(PRIMARY, 0, 4, "c")))
        .isEqualTo(new WriteOutcome.Refused(current, "epoch 0.4 was taken by another decision"));
  }

  @Test
  void theSameDecisionWithAnotherSiteIsRefused() {
    Route current = route(FALLBACK, 0, 4, "b");
    assertThat(decide(current, write(PRIMARY, 0, 4, "b")))
        .isEqualTo(new WriteOutcome.Refused(current, "decision b chose another site"));
  }

  @Test
  void aLowerEpochIsRefusedEvenFromTheSameDecision() {
    Route current = route(FALLBACK, 0, 4, "b");
    assertThat(decide(current, write(FALLBACK, 0, 3, "b")))
        .isEqualTo(new WriteOutcome.Refused(current, "epoch 0.3 is lower than the route's 0.4"));
  }

  @Test
  void nobodyTakesTheEpochThatARouteBeginsWith() {
    Route first = route(PRIMARY, 0, 0, null);
    assertThat(decide(first, write(FALLBACK, 0, 0, "a"))).isInstanceOf(WriteOutcome.Refused.class);
  }

  @Test
  void aSiteThatTheServiceDoesNotHaveIsUnknownWhateverItsEpoch() {
    Route current = route(PRIMARY, 0, 0, null);
    assertThat(decide(current, write(new SiteId("moon"), 0, 1, "a")))
        .isEqualTo(new WriteOutcome.UnknownSite(current, "service demo has no site moon"));
  }

  private static WriteOutcome decide(Route current, RouteWrite write) {
    return RouteTable.decide(current, SITES, write);
  }

  private static Route route(
      SiteId site, long generation, long counter, @Nullable String decision) {
    return new Route(
        site, new Epoch(generation, counter), decision == null ? null : new DecisionId(decision));
  }

  private static RouteWrite write(SiteId site, long generation, long counter, String decision) {
    return new RouteWrite(
        new ServiceId("demo"), site, new Epoch(generation, counter), new DecisionId(decision));
  }
}
