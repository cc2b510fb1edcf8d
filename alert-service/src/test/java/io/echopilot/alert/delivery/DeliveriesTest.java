package io.echopilot.alert.delivery;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;

import io.echopilot.alert.delivery.Deliveries.Outcome;
import io.echopilot.events.AlertEvent.AlertDelivered;
import io.echopilot.events.AlertEvent.AlertDeliveryFailed;
import io.echopilot.events.AlertEvent.AlertRequested;
import io.echopilot.events.ChannelId;
import io.echopilot.events.Incident;
import io.echopilot.events.IncidentCause;
import io.echopilot.events.IncidentEvent;
import io.echopilot.events.IncidentEvent.IncidentOpened;
import io.echopilot.events.IncidentEvent.IncidentResolved;
import io.echopilot.events.IncidentEvent.IncidentUpdated;
import io.echopilot.events.IncidentId;
import io.echopilot.events.IncidentLevel;
import io.echopilot.events.RecordPosition;
import io.echopilot.events.ServiceId;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class DeliveriesTest {
  private static final ChannelId SLACK = new ChannelId("slack");
  private static final ChannelId TELEGRAM = new ChannelId("telegram");
  private static final Instant START = Instant.parse("2026-11-24T03:00:00Z");

  /** As the runbook has it. */
  private static final Routing ROUTING =
      new Routing(
          List.of(
              new Routing.Rule(SLACK, IncidentLevel.DEGRADED),
              new Routing.Rule(TELEGRAM, IncidentLevel.PARTIAL_OUTAGE)));

  private Instant now = START;
  private int revision;
  private @Nullable Deliveries deliveries;
  private List<AlertRequested> requests = List.of();

  @Test
  void eachChannelOfTheLevelIsAskedOnce() {
    opens(IncidentLevel.PARTIAL_OUTAGE);

    assertThat(requests).extracting(AlertRequested::channel).containsExactly(SLACK, TELEGRAM);
    assertThat(requests).allMatch(request -> request.message() == null);
  }

  @Test
  void aMildIncidentIsNotTelegrams() {
    opens(IncidentLevel.DEGRADED);

    assertThat(requests).extracting(AlertRequested::channel).containsExactly(SLACK);
  }

  @Test
  void whatFollowsEditsTheMessage() {
    opens(IncidentLevel.PARTIAL_OUTAGE);
    delivered(SLACK, "s1");

    updates(IncidentLevel.PARTIAL_OUTAGE);

    assertThat(requests).hasSize(1);
    assertThat(requests.getFirst().channel()).isEqualTo(SLACK);
    assertThat(requests.getFirst().message()).isEqualTo("s1");
    assertThat(requests.getFirst().delivery()).isEqualTo(2);
  }

  @Test
  void whileAChannelIsSlowTheNewestStateWaitsAndThoseBetweenAreNeverSent() {
    opens(IncidentLevel.PARTIAL_OUTAGE);
    updates(IncidentLevel.PARTIAL_OUTAGE);
    assertThat(requests).isEmpty();
    updates(IncidentLevel.PARTIAL_OUTAGE);
    assertThat(requests).isEmpty();

    delivered(TELEGRAM, "t1", 1);

    assertThat(requests).hasSize(1);
    assertThat(requests.getFirst().incident().revision()).isEqualTo(3);
    assertThat(requests.getFirst().message()).isEqualTo("t1");
  }

  @Test
  void whatGetsWorseIsAMessageOfItsOwn() {
    opens(IncidentLevel.PARTIAL_OUTAGE);
    delivered(SLACK, "s1");
    updates(IncidentLevel.TOTAL_OUTAGE);
    assertThat(requests.getFirst().message()).isNull();
    delivered(SLACK, "s2");
    delivered(SLACK, "s1");

    updates(IncidentLevel.PARTIAL_OUTAGE);
    assertThat(requests.getFirst().message()).isEqualTo("s2");
    delivered(SLACK, "s2");

    updates(IncidentLevel.TOTAL_OUTAGE);
    assertThat(requests.getFirst().message()).isEqualTo("s2");
  }

  @Test
  void aMessageThatANewerOneReplacedSaysSoOnceTheNewerIsThere() {
    getsWorse();

    assertThat(requests).hasSize(1);
    assertThat(requests.getFirst().message()).isEqualTo("s1");
    assertThat(requests.getFirst().newer()).isEqualTo("s2");

    delivered(SLACK, "s1");
    assertThat(requests).isEmpty();
    updates(IncidentLevel.TOTAL_OUTAGE);
    assertThat(requests.getFirst().message()).isEqualTo("s2");
    assertThat(requests.getFirst().newer()).isNull();
  }

  @Test
  void toMarkAMessageIsTriedAgainAndIsPartOfTheEnd() {
    getsWorse();
    fails(SLACK, false, Duration.ofSeconds(20));
    resolves();
    assertThat(requests).extracting(AlertRequested::channel).containsExactly(TELEGRAM);
    delivered(TELEGRAM, "t1");

    passes("20s");
    assertThat(requests.getFirst().message()).isEqualTo("s2");
    assertThat(requests.getFirst().resolved()).isTrue();
    delivered(SLACK, "s2");
    assertThat(requests.getFirst().message()).isEqualTo("s1");
    assertThat(requests.getFirst().newer()).isEqualTo("s2");
    assertThat(deliveries).isNotNull();

    delivered(SLACK, "s1");
    assertThat(deliveries).isNull();
  }

  @Test
  void aMessageThatCannotBeMarkedIsLeftAsItIs() {
    getsWorse();

    fails(SLACK, true, null);

    assertThat(requests).isEmpty();
    updates(IncidentLevel.TOTAL_OUTAGE);
    assertThat(requests.getFirst().message()).isEqualTo("s2");
  }

  @Test
  void whatFailedIsTriedAgainAfterAWaitThatDoubles() {
    opens(IncidentLevel.DEGRADED);
    fails(SLACK, false, null);
    assertThat(requests).isEmpty();
    assertThat(current().nextDeadline()).contains(START.plusSeconds(1));

    passes("999ms");
    assertThat(requests).isEmpty();
    passes("1ms");
    assertThat(requests).hasSize(1);
    assertThat(requests.getFirst().delivery()).isEqualTo(1);
    assertThat(requests.getFirst().attempt()).isEqualTo(2);

    fails(SLACK, false, null);
    assertThat(current().nextDeadline()).contains(now.plusSeconds(2));
  }

  @Test
  void aChannelThatAsksToBeLeftAloneIs() {
    opens(IncidentLevel.DEGRADED);
    fails(SLACK, false, Duration.ofSeconds(20));
    updates(IncidentLevel.DEGRADED);
    assertThat(requests).isEmpty();

    passes("20s");

    assertThat(requests).hasSize(1);
    assertThat(requests.getFirst().incident().revision()).isEqualTo(2);
  }

  @Test
  void theWaitIsAtMostAMinute() {
    opens(IncidentLevel.DEGRADED);
    for (int i = 0; i < 20; i++) {
      fails(SLACK, false, null);
      assertThat(current().nextDeadline().orElseThrow()).isBeforeOrEqualTo(now.plusSeconds(60));
      passes("60s");
    }
    assertThat(requests.getFirst().attempt()).isEqualTo(21);
  }

  @Test
  void whatOneChannelRefusesForGoodGoesToTheNext() {
    opens(IncidentLevel.DEGRADED);

    fails(SLACK, true, null);

    assertThat(requests).extracting(AlertRequested::channel).containsExactly(TELEGRAM);
    delivered(TELEGRAM, "t1");
    updates(IncidentLevel.DEGRADED);
    assertThat(requests).extracting(AlertRequested::channel).containsExactly(TELEGRAM);
  }

  @Test
  void aChannelThatRefusedIsTriedAgainWhenItGetsWorse() {
    opens(IncidentLevel.PARTIAL_OUTAGE);
    fails(SLACK, true, null);
    updates(IncidentLevel.PARTIAL_OUTAGE);
    assertThat(requests).isEmpty();

    updates(IncidentLevel.TOTAL_OUTAGE);

    assertThat(requests).extracting(AlertRequested::channel).containsExactly(SLACK);
  }

  @Test
  void aMessageThatIsGoneIsSentAnew() {
    opens(IncidentLevel.DEGRADED);
    delivered(SLACK, "s1");
    updates(IncidentLevel.DEGRADED);
    assertThat(requests.getFirst().message()).isEqualTo("s1");

    fails(SLACK, true, null);

    assertThat(requests).hasSize(1);
    assertThat(requests.getFirst().message()).isNull();
  }

  @Test
  void anAnswerToAnOlderDeliveryChangesNothing() {
    opens(IncidentLevel.DEGRADED);
    delivered(SLACK, "s1");
    updates(IncidentLevel.DEGRADED);
    Deliveries before = current();

    take(before.delivered(answer(SLACK, "other", 1, 1), now, ROUTING));

    assertThat(current()).isEqualTo(before);
    assertThat(requests).isEmpty();
  }

  @Test
  void itIsOverOnceAllThatWereToldKnowThatItIs() {
    opens(IncidentLevel.PARTIAL_OUTAGE);
    delivered(SLACK, "s1");
    delivered(TELEGRAM, "t1");
    resolves();
    assertThat(requests).hasSize(2).allMatch(AlertRequested::resolved);

    delivered(SLACK, "s1");
    assertThat(deliveries).isNotNull();
    delivered(TELEGRAM, "t1");

    assertThat(deliveries).isNull();
  }

  /** Slack showed it as mild and now has a second message. */
  private void getsWorse() {
    opens(IncidentLevel.DEGRADED);
    delivered(SLACK, "s1");
    updates(IncidentLevel.TOTAL_OUTAGE);
    delivered(TELEGRAM, "t1");
    delivered(SLACK, "s2");
  }

  private void opens(IncidentLevel level) {
    changes(new IncidentOpened(incident(level)));
  }

  private void updates(IncidentLevel level) {
    changes(new IncidentUpdated(incident(level)));
  }

  private void resolves() {
    changes(new IncidentResolved(incident(IncidentLevel.PARTIAL_OUTAGE)));
  }

  private void changes(IncidentEvent event) {
    take(Deliveries.changed(deliveries, event, now, ROUTING));
  }

  private void delivered(ChannelId channel, String message) {
    delivered(channel, message, revision);
  }

  private void delivered(ChannelId channel, String message, int shown) {
    int delivery = requireNonNull(current().channels().get(channel)).delivery();
    take(current().delivered(answer(channel, message, shown, delivery), now, ROUTING));
  }

  private AlertDelivered answer(ChannelId channel, String message, int shown, int delivery) {
    return new AlertDelivered(channel, current().incident().id(), shown, delivery, 1, message, now);
  }

  private void fails(ChannelId channel, boolean permanent, @Nullable Duration retryAfter) {
    int delivery = requireNonNull(current().channels().get(channel)).delivery();
    take(
        current()
            .failed(
                new AlertDeliveryFailed(
                    channel,
                    current().incident().id(),
                    revision,
                    delivery,
                    1,
                    "no",
                    permanent,
                    retryAfter,
                    now),
                now,
                ROUTING));
  }

  private void passes(String time) {
    now = now.plus(org.springframework.boot.convert.DurationStyle.detectAndParse(time));
    take(current().due(now, ROUTING));
  }

  private void take(Outcome outcome) {
    deliveries = outcome.deliveries();
    requests = outcome.requests();
  }

  private Deliveries current() {
    return requireNonNull(deliveries);
  }

  private Incident incident(IncidentLevel level) {
    revision++;
    return new Incident(
        new IncidentId("checkout-failover-1"),
        new ServiceId("checkout"),
        IncidentCause.FAILOVER,
        level,
        revision,
        "title",
        List.of(
            new Incident.Entry(
                START, "text", new RecordPosition("echopilot.failover-events", 0, 1))),
        START,
        now);
  }
}
