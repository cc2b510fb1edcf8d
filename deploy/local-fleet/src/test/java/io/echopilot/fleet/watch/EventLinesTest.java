package io.echopilot.fleet.watch;

import static org.assertj.core.api.Assertions.assertThat;

import io.echopilot.events.Confirmation;
import io.echopilot.events.DecisionId;
import io.echopilot.events.Epoch;
import io.echopilot.events.Event;
import io.echopilot.events.EventEnvelope;
import io.echopilot.events.FailoverEvent;
import io.echopilot.events.InstanceId;
import io.echopilot.events.LocationEvent;
import io.echopilot.events.LocationId;
import io.echopilot.events.Rationale;
import io.echopilot.events.Route;
import io.echopilot.events.ServiceEvent;
import io.echopilot.events.ServiceId;
import io.echopilot.events.SiteId;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

class EventLinesTest {
  private static final Instant NOW = Instant.parse("2026-11-24T10:00:00.125Z");
  private static final ServiceId DEMO = new ServiceId("demo");
  private static final SiteId PRIMARY = new SiteId("primary");
  private static final SiteId FALLBACK = new SiteId("fallback");
  private static final Epoch EPOCH = new Epoch(0, 1);
  private static final DecisionId DECISION = new DecisionId("d1");
  private static final Rationale WHY =
      new Rationale(1, NOW, null, "hash", List.of("local-1 says down"), List.of());
  private static final LocationId LOCATION = new LocationId("local-1");
  private static final InstanceId INSTANCE = new InstanceId("i1");

  private final EventLines lines = new EventLines(ZoneOffset.UTC);

  @ParameterizedTest
  @MethodSource
  void anEventIsOneLine(Event event, String text) {
    assertThat(line(event)).hasValue("10:00:00.125  " + event.subject() + "  " + text);
  }

  static Stream<Arguments> anEventIsOneLine() {
    Instant later = NOW.plusSeconds(20);
    Route elsewhere = new Route(FALLBACK, EPOCH, null);
    Route nowhere = new Route(null, EPOCH, null);
    return Stream.of(
        Arguments.of(
            new FailoverEvent.RouteEstablished(DEMO, PRIMARY, EPOCH, WHY),
            "protected: primary serves, epoch 0.1"),
        Arguments.of(
            new FailoverEvent.SiteSuspected(DEMO, PRIMARY, WHY),
            "primary is suspected: local-1 says down"),
        Arguments.of(
            new FailoverEvent.SiteCleared(DEMO, PRIMARY, WHY),
            "primary answers again; nothing was moved"),
        Arguments.of(
            new FailoverEvent.FailoverStarted(DEMO, PRIMARY, FALLBACK, EPOCH, DECISION, WHY),
            "FAILOVER from primary to fallback, epoch 0.1: local-1 says down"),
        Arguments.of(
            new FailoverEvent.FailoverBlocked(DEMO, PRIMARY, WHY),
            "BLOCKED: primary is down and no other site is healthy; traffic stays:"
                + " local-1 says down"),
        Arguments.of(
            new FailoverEvent.TrafficSwitchRequested(
                DEMO, FALLBACK, EPOCH, DECISION, 2, later, "demo-edge", WHY),
            "demo-edge is asked to send traffic to fallback (attempt 2)"),
        Arguments.of(
            new FailoverEvent.TrafficSwitched(DEMO, FALLBACK, EPOCH, DECISION, 1, WHY),
            "the edge sends traffic to fallback, epoch 0.1"),
        Arguments.of(
            new FailoverEvent.TrafficSwitchFailed(
                DEMO, FALLBACK, EPOCH, DECISION, 1, "refused", later, WHY),
            "the switch to fallback failed: refused; next attempt at 10:00:20"),
        Arguments.of(
            new FailoverEvent.FailoverCompleted(
                DEMO,
                PRIMARY,
                FALLBACK,
                EPOCH,
                DECISION,
                Confirmation.ENTRYPOINT,
                NOW.minusMillis(250),
                WHY),
            "failover completed: fallback serves (seen where users come in) after 0.250 s"),
        Arguments.of(
            new FailoverEvent.RecoveryStarted(DEMO, PRIMARY, NOW, later, WHY),
            "primary is healthy again; traffic returns at 10:00:20 at the earliest"),
        Arguments.of(
            new FailoverEvent.RecoveryInterrupted(DEMO, PRIMARY, WHY),
            "the failback is off: local-1 says down"),
        Arguments.of(
            new FailoverEvent.FailbackStarted(DEMO, FALLBACK, PRIMARY, EPOCH, DECISION, WHY),
            "failback from fallback to primary, epoch 0.1"),
        Arguments.of(
            new FailoverEvent.FailbackCompleted(
                DEMO, FALLBACK, PRIMARY, EPOCH, DECISION, Confirmation.ROUTE, NOW, later, WHY),
            "failback completed: primary serves (says the edge), watched until 10:00:20"),
        Arguments.of(
            new FailoverEvent.ObservationCompleted(DEMO, PRIMARY, WHY),
            "primary did well since its return; all is as before"),
        Arguments.of(
            new FailoverEvent.RouteDrifted(DEMO, PRIMARY, EPOCH, nowhere, WHY),
            "DRIFT: the edge sends traffic to nowhere instead of primary"),
        Arguments.of(
            new FailoverEvent.RouteReasserted(DEMO, PRIMARY, EPOCH, DECISION, WHY),
            "the route to primary is in force again, epoch 0.1"),
        Arguments.of(
            new FailoverEvent.SwitchAdopted(DEMO, elsewhere, WHY),
            "somebody else moved traffic to fallback, epoch 0.1; it is taken as it is"),
        Arguments.of(
            new FailoverEvent.ServiceHeld(DEMO, "by hand", WHY),
            "HELD until a person releases it: by hand"),
        Arguments.of(
            new LocationEvent.LocationImpaired(LOCATION, INSTANCE, NOW, "no reference answers"),
            "location impaired, its results count for nothing: no reference answers"),
        Arguments.of(
            new LocationEvent.LocationRecovered(LOCATION, INSTANCE, NOW, NOW),
            "location recovered, its results count again"));
  }

  @Test
  void whatTellsAPersonNothingIsLeftOut() {
    assertThat(line(new ServiceEvent.ServiceRemoved(DEMO, 2))).isEmpty();
  }

  private Optional<String> line(Event event) {
    return lines.line(new EventEnvelope<>("1", "/test", NOW, null, event));
  }
}
