package io.echopilot.alert.incident;

import static org.assertj.core.api.Assertions.assertThat;

import io.echopilot.alert.incident.LocationState.Condition;
import io.echopilot.events.EventJson;
import io.echopilot.events.HeartbeatEvent.LocationHeartbeat;
import io.echopilot.events.IncidentCause;
import io.echopilot.events.IncidentEvent;
import io.echopilot.events.IncidentLevel;
import io.echopilot.events.InstanceId;
import io.echopilot.events.LocationEvent.LocationImpaired;
import io.echopilot.events.LocationEvent.LocationRecovered;
import io.echopilot.events.LocationId;
import io.echopilot.events.RecordPosition;
import io.echopilot.events.TopicNames;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class LocationRulesTest {
  private static final LocationId HERE = new LocationId("eu-1");
  private static final InstanceId ONE = new InstanceId("one");
  private static final InstanceId TWO = new InstanceId("two");
  private static final RecordPosition AT = new RecordPosition(TopicNames.LOCATION_EVENTS, 0, 7);

  private final List<IncidentEvent> told = new ArrayList<>();
  private LocationState state = LocationState.UNKNOWN;
  private Instant listening = Instant.parse("2026-11-24T12:00:00Z");
  private Instant now = listening;

  @Test
  void anImpairedLocationIsOneTicketUntilItDoesWell() {
    impaired(ONE);
    impaired(ONE);
    recovered(ONE);

    assertThat(names()).containsExactly("IncidentOpened", "IncidentResolved");
    assertThat(told)
        .allSatisfy(event -> {
          assertThat(event.incident().cause()).isEqualTo(IncidentCause.LOCATION);
          assertThat(event.incident().level()).isEqualTo(IncidentLevel.DEGRADED);
          assertThat(event.incident().service().value()).isEqualTo("eu-1");
        });
    assertThat(told.getFirst().incident().title())
        .isEqualTo("it can't reach its own references, its results count for nothing");
    assertThat(told.getFirst().incident().entries().getFirst().text())
        .isEqualTo("one: none of 192.0.2.1:443 answers");
  }

  @Test
  void itIsImpairedUntilItsLastReplicaDoesWell() {
    impaired(ONE);
    impaired(TWO);
    recovered(ONE);
    assertThat(state.condition()).isEqualTo(Condition.IMPAIRED);

    recovered(TWO);

    assertThat(names()).containsExactly("IncidentOpened", "IncidentUpdated", "IncidentResolved");
  }

  @Test
  void aReplicaThatDiesImpairedTakesItsIllWithIt() {
    beat(ONE);
    beat(TWO);
    impaired(ONE);
    passes(20);
    beat(TWO);
    assertThat(state.condition()).isEqualTo(Condition.IMPAIRED);

    passes(20);

    assertThat(names()).containsExactly("IncidentOpened", "IncidentResolved");
  }

  @Test
  void aLocationThatIsNotHeardForThreeBeatsIsOneTicketUntilItIsHeard() {
    beat(ONE);
    passes(29);
    assertThat(told).isEmpty();
    passes(2);
    passes(60);
    assertThat(names()).containsExactly("IncidentOpened");
    assertThat(told.getFirst().incident().title())
        .isEqualTo("it is silent, its results are missing");

    beat(ONE);

    assertThat(names()).containsExactly("IncidentOpened", "IncidentResolved");
  }

  @Test
  void aLocationThatLostItsNetworkAndThenKafkaIsStillOneTicket() {
    beat(ONE);
    impaired(ONE);
    passes(31);
    beat(ONE);
    assertThat(state.condition()).isEqualTo(Condition.WELL);

    assertThat(names()).containsExactly("IncidentOpened", "IncidentUpdated", "IncidentResolved");
  }

  @Test
  void whoDidNotListenTakesNothingForSilence() {
    beat(ONE);
    now = now.plusSeconds(600);
    listening = now;

    passes(29);
    assertThat(told).isEmpty();
    passes(2);
    assertThat(names()).containsExactly("IncidentOpened");
  }

  @Test
  void aLocationThatNeverBeatIsNotMissed() {
    passes(3_600);

    assertThat(told).isEmpty();
  }

  @Test
  void aLocationThatWasGivenUpIsForgotten() {
    beat(ONE);
    passes(60);

    passes(Duration.ofDays(1).toSeconds());

    assertThat(names()).containsExactly("IncidentOpened", "IncidentResolved");
    assertThat(state).isEqualTo(LocationState.UNKNOWN);
  }

  @Test
  void whatIsKnownIsKept() {
    beat(ONE);
    impaired(TWO);

    String kept = EventJson.mapper().writeValueAsString(state);

    assertThat(EventJson.mapper().readValue(kept, LocationState.class)).isEqualTo(state);
  }

  private void impaired(InstanceId instance) {
    take(
        LocationRules.apply(
            state,
            new LocationImpaired(HERE, instance, now, "none of 192.0.2.1:443 answers"),
            now,
            AT));
  }

  private void recovered(InstanceId instance) {
    take(LocationRules.apply(state, new LocationRecovered(HERE, instance, now, now), now, AT));
  }

  private void beat(InstanceId instance) {
    take(LocationRules.apply(state, new LocationHeartbeat(HERE, instance, now), now, AT));
  }

  private void passes(long seconds) {
    now = now.plusSeconds(seconds);
    take(LocationRules.at(state, HERE, listening, now));
  }

  private void take(LocationRules.Outcome outcome) {
    state = outcome.state();
    told.addAll(outcome.events());
  }

  private List<String> names() {
    return told.stream().map(event -> event.getClass().getSimpleName()).toList();
  }
}
