package io.echopilot.alert.incident;

import static org.assertj.core.api.Assertions.assertThat;

import io.echopilot.events.FailoverEvent;
import io.echopilot.events.Incident;
import io.echopilot.events.IncidentCause;
import io.echopilot.events.IncidentEvent;
import io.echopilot.events.IncidentLevel;
import io.echopilot.events.RecordPosition;
import io.echopilot.events.ServiceEvent.ServiceRemoved;
import io.echopilot.events.TopicNames;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class IncidentRulesTest {
  private final Decisions checkout = new Decisions("checkout");
  private final List<IncidentEvent> told = new ArrayList<>();
  private ServiceIncidents incidents = ServiceIncidents.NONE;
  private long offset;

  @Test
  void aFailoverIsOneIncidentFromTheFirstFailureToTheEndOfTheObservation() {
    happens(checkout.suspected());
    assertThat(told).isEmpty();

    happens(checkout.started(), checkout.completed(), checkout.recovering());
    happens(checkout.returning(), checkout.returned(), checkout.observed());

    assertThat(names())
        .containsExactly(
            "IncidentOpened",
            "IncidentUpdated",
            "IncidentUpdated",
            "IncidentUpdated",
            "IncidentUpdated",
            "IncidentResolved");
    assertThat(told)
        .extracting(event -> event.incident().id().value())
        .containsOnly("checkout-failover-2");
    assertThat(told)
        .extracting(event -> event.incident().title())
        .containsExactly(
            "primary is down, traffic goes to fallback",
            "fallback serves, primary is down",
            "primary is healthy again, traffic returns at 03:30:00 UTC at the earliest",
            "traffic returns to primary",
            "primary serves again, watched until 04:00:00 UTC",
            "primary serves as before");
    assertThat(told)
        .extracting(event -> event.incident().revision())
        .containsExactly(1, 2, 3, 4, 5, 6);
    assertThat(last().entries()).hasSize(6);
    assertThat(last().entries().getFirst().text())
        .isEqualTo("failover from primary to fallback: 2 of 3 locations vote primary down");
    assertThat(last().entries().get(1).text())
        .isEqualTo("fallback serves, seen where users come in, 1.0 s after the decision");
    assertThat(last().entries().get(3).text())
        .isEqualTo("failback from fallback to primary: healthy since 03:00:00 UTC, long enough");
    assertThat(incidents).isEqualTo(ServiceIncidents.NONE);
  }

  @Test
  void aSuspicionThatComesToNothingWakesNobody() {
    happens(checkout.suspected(), checkout.cleared());

    assertThat(told).isEmpty();
  }

  @Test
  void bothSitesDownIsLevelThreeUntilTrafficFindsASite() {
    happens(checkout.blocked());
    assertThat(last().level()).isEqualTo(IncidentLevel.TOTAL_OUTAGE);
    assertThat(last().title()).isEqualTo("primary is down and no other site is healthy");

    happens(checkout.started());

    assertThat(names()).containsExactly("IncidentOpened", "IncidentUpdated");
    assertThat(last().level()).isEqualTo(IncidentLevel.PARTIAL_OUTAGE);
  }

  @Test
  void whatWasNeverMovedAndAnswersAgainIsOver() {
    happens(checkout.blocked(), checkout.cleared());

    assertThat(names()).containsExactly("IncidentOpened", "IncidentResolved");
  }

  @Test
  void aFallbackThatFailsAndAnswersAgainLeavesTheFailoverOpen() {
    happens(checkout.started(), checkout.completed(), checkout.blocked());
    assertThat(last().level()).isEqualTo(IncidentLevel.TOTAL_OUTAGE);

    happens(checkout.cleared());

    assertThat(names()).doesNotContain("IncidentResolved");
    assertThat(last().level()).isEqualTo(IncidentLevel.PARTIAL_OUTAGE);
    happens(checkout.cleared());
    assertThat(names()).hasSize(4);
  }

  @Test
  void theThirdAttemptThatCannotMoveTrafficIsAnOutageForAll() {
    happens(checkout.started(), checkout.switchFailed(1), checkout.switchFailed(2));
    assertThat(last().level()).isEqualTo(IncidentLevel.PARTIAL_OUTAGE);

    happens(checkout.switchFailed(3));

    assertThat(last().level()).isEqualTo(IncidentLevel.TOTAL_OUTAGE);
    assertThat(last().title()).isEqualTo("traffic can't be moved to fallback yet");
  }

  @Test
  void aFailbackThatFailsIsNoOutage() {
    happens(checkout.started(), checkout.completed(), checkout.returning());
    happens(checkout.switchFailed(1), checkout.switchFailed(2), checkout.switchFailed(3));

    assertThat(last().level()).isEqualTo(IncidentLevel.PARTIAL_OUTAGE);
    assertThat(last().revision()).isEqualTo(6);
  }

  @Test
  void aDriftIsAnIncidentOfItsOwnUntilTheRouteIsInForceAgain() {
    happens(checkout.started(), checkout.drifted());
    assertThat(last().cause()).isEqualTo(IncidentCause.DRIFT);
    assertThat(last().level()).isEqualTo(IncidentLevel.DEGRADED);

    happens(checkout.reasserted());

    assertThat(names()).containsExactly("IncidentOpened", "IncidentOpened", "IncidentResolved");
    assertThat(incidents.open()).containsOnlyKeys(IncidentCause.FAILOVER);
  }

  @Test
  void whenEchoPilotStepsBackThatIsWhatStaysOpen() {
    happens(checkout.started(), checkout.held());

    assertThat(names()).containsExactly("IncidentOpened", "IncidentResolved", "IncidentOpened");
    assertThat(incidents.open()).containsOnlyKeys(IncidentCause.HELD);

    happens(checkout.established());
    assertThat(incidents).isEqualTo(ServiceIncidents.NONE);
  }

  @Test
  void aServiceThatIsRemovedHasNoIncidents() {
    happens(checkout.held());

    take(
        IncidentRules.apply(
            incidents,
            new ServiceRemoved(Decisions.CHECKOUT, 7),
            Instant.parse("2026-11-24T05:00:00Z"),
            new RecordPosition(TopicNames.SERVICES, 0, 1)));

    assertThat(names()).containsExactly("IncidentOpened", "IncidentResolved");
    assertThat(incidents).isEqualTo(ServiceIncidents.NONE);
  }

  @Test
  void aLongStoryKeepsItsBeginningAndItsEnd() {
    happens(checkout.started());
    for (int attempt = 1; attempt <= 100; attempt++) {
      happens(checkout.switchFailed(attempt));
    }

    assertThat(last().entries()).hasSize(Incident.MOST_ENTRIES);
    assertThat(last().entries().getFirst().text()).startsWith("failover from primary");
    assertThat(last().entries().getLast().text()).startsWith("attempt 100 ");
  }

  private void happens(FailoverEvent... events) {
    for (FailoverEvent event : events) {
      offset++;
      take(
          IncidentRules.apply(
              incidents, event, new RecordPosition(TopicNames.FAILOVER_EVENTS, 0, offset)));
    }
  }

  private void take(IncidentRules.Outcome outcome) {
    incidents = outcome.incidents();
    told.addAll(outcome.events());
  }

  private Incident last() {
    return told.getLast().incident();
  }

  private List<String> names() {
    return told.stream().map(event -> event.getClass().getSimpleName()).toList();
  }
}
