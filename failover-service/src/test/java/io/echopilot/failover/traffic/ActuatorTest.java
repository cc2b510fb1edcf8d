package io.echopilot.failover.traffic;

import static org.assertj.core.api.Assertions.assertThat;

import io.echopilot.events.DecisionId;
import io.echopilot.events.Epoch;
import io.echopilot.events.Event;
import io.echopilot.events.EventEnvelope;
import io.echopilot.events.FailoverEvent;
import io.echopilot.events.FailoverEvent.SiteCleared;
import io.echopilot.events.FailoverEvent.TrafficSwitchRequested;
import io.echopilot.events.Rationale;
import io.echopilot.events.Route;
import io.echopilot.events.ServiceId;
import io.echopilot.events.SiteId;
import io.echopilot.events.TrafficResult.SwitchApplied;
import io.echopilot.events.TrafficResult.SwitchErrored;
import io.echopilot.events.TrafficResult.SwitchRefused;
import io.echopilot.failover.PublishedEvents;
import io.echopilot.failover.traffic.TrafficAdapter.Order;
import io.echopilot.failover.traffic.TrafficAdapter.Outcome;
import io.echopilot.starter.ManualClock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;

class ActuatorTest {
  private static final Instant NOW = Instant.parse("2026-11-24T10:00:00Z");
  private static final ServiceId SERVICE = new ServiceId("checkout");
  private static final SiteId FALLBACK = new SiteId("fallback");
  private static final Epoch EPOCH = new Epoch(0, 7);
  private static final DecisionId DECISION = new DecisionId("d7");
  private static final String TRACE = "00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01";
  private static final Rationale WHY =
      new Rationale(3, NOW, null, "hash", List.of("a rule"), List.of());

  private final ManualClock clock = new ManualClock(NOW);
  private final ScriptedAdapter adapter = new ScriptedAdapter();
  private PublishedEvents published = PublishedEvents.acknowledged();

  @Test
  void aRequestIsCarriedOutAndItsResultWritten() {
    assertThat(on(request("edge", 2))).isCompleted();

    assertThat(adapter.orders).containsExactly(new Order(SERVICE, FALLBACK, EPOCH, DECISION));
    assertThat(events())
        .containsExactly(new SwitchApplied(SERVICE, FALLBACK, EPOCH, DECISION, 2, NOW));
  }

  @Test
  void aRefusalTellsTheRouteAtTheEdge() {
    Route current = new Route(new SiteId("primary"), new Epoch(1, 0), new DecisionId("by hand"));
    adapter.outcome =
        CompletableFuture.completedFuture(new Outcome.Refused(current, "the epoch is lower"));

    assertThat(on(request("edge", 1))).isCompleted();

    assertThat(events())
        .containsExactly(
            new SwitchRefused(SERVICE, EPOCH, DECISION, 1, current, "the epoch is lower", NOW));
  }

  @Test
  void anErrorIsAResultToo() {
    adapter.outcome = CompletableFuture.completedFuture(new Outcome.Errored("no answer"));

    assertThat(on(request("edge", 1))).isCompleted();
    assertThat(events())
        .containsExactly(new SwitchErrored(SERVICE, EPOCH, DECISION, 1, "no answer", NOW));
  }

  @Test
  void anAdapterThatThrowsIsAnErrorToo() {
    String reason = "java.lang.IllegalStateException: a bug";
    adapter.outcome = CompletableFuture.failedFuture(new IllegalStateException("a bug"));
    assertThat(on(request("edge", 1))).isCompleted();

    adapter.bug = new IllegalStateException("a bug");
    assertThat(on(request("edge", 2))).isCompleted();

    assertThat(events())
        .containsExactly(
            new SwitchErrored(SERVICE, EPOCH, DECISION, 1, reason, NOW),
            new SwitchErrored(SERVICE, EPOCH, DECISION, 2, reason, NOW));
  }

  @Test
  void aRequestIsCarriedOutUpToItsDeadline() {
    clock.advance(Duration.ofSeconds(5));

    assertThat(on(request("edge", 1))).isCompleted();

    assertThat(adapter.orders).hasSize(1);
  }

  @Test
  void aRequestThatComesAfterItsDeadlineIsNotCarriedOut() {
    clock.advance(Duration.ofMillis(5_001));

    assertThat(on(request("edge", 1))).isCompleted();

    assertThat(adapter.orders).isEmpty();
    assertThat(events())
        .containsExactly(
            new SwitchErrored(
                SERVICE,
                EPOCH,
                DECISION,
                1,
                "the request came after its deadline and was not carried out",
                clock.instant()));
  }

  @Test
  void aMissingEndpointIsAnErrorThatSaysWhatToConfigure() {
    assertThat(on(request("elsewhere", 1))).isCompleted();

    assertThat(events())
        .singleElement()
        .isInstanceOfSatisfying(
            SwitchErrored.class,
            errored ->
                assertThat(errored.reason())
                    .isEqualTo(
                        "no endpoint elsewhere here: configure"
                            + " echopilot.failover.endpoints.elsewhere"));
  }

  @Test
  void theResultOfAnAttemptHasTheSameIdHoweverOftenItIsCarriedOut() {
    assertThat(on(request("edge", 1))).isCompleted();
    assertThat(on(request("edge", 1))).isCompleted();
    assertThat(on(request("edge", 2))).isCompleted();

    assertThat(published.envelopes())
        .extracting(envelope -> envelope.id())
        .containsExactly("d7/1", "d7/1", "d7/2");
  }

  @Test
  void theResultBelongsToTheTraceOfTheRequestThoughTheEdgeAnsweredElsewhere() {
    adapter.outcome = new CompletableFuture<>();
    CompletableFuture<Void> handled = on(request("edge", 1));

    Thread.ofPlatform().start(() -> adapter.outcome.complete(new Outcome.Applied()));

    assertThat(handled).succeedsWithin(Duration.ofSeconds(10));
    assertThat(published.envelopes())
        .singleElement()
        .satisfies(envelope -> assertThat(envelope.traceparent()).isEqualTo(TRACE));
  }

  @Test
  void theOffsetIsNotCommittedBeforeTheEdgeAnswered() {
    adapter.outcome = new CompletableFuture<>();

    CompletableFuture<Void> handled = on(request("edge", 1));
    assertThat(handled).isNotDone();

    adapter.outcome.complete(new Outcome.Applied());
    assertThat(handled).isCompleted();
  }

  @Test
  void theOffsetIsNotCommittedBeforeTheResultIsWritten() {
    published = PublishedEvents.unacknowledged();

    CompletableFuture<Void> handled = on(request("edge", 1));
    assertThat(handled).isNotDone();

    published.acknowledgeNext();
    assertThat(handled).isCompleted();
  }

  @Test
  void aResultThatKafkaRefusesFailsTheRequestSoThatItComesAgain() {
    published = PublishedEvents.unacknowledged();

    CompletableFuture<Void> handled = on(request("edge", 1));
    published.failNext();

    assertThat(handled).isCompletedExceptionally();
  }

  @Test
  void otherEventsAreNoneOfItsBusiness() {
    assertThat(on(new SiteCleared(SERVICE, FALLBACK, WHY))).isCompleted();

    assertThat(adapter.orders).isEmpty();
    assertThat(events()).isEmpty();
  }

  private CompletableFuture<Void> on(FailoverEvent event) {
    return new Actuator(
            new TrafficAdapters(Map.of("edge", adapter)), published.publisher(clock), clock)
        .on(new EventEnvelope<>("7", "/test", NOW, TRACE, event));
  }

  private List<Event> events() {
    return published.events();
  }

  private static TrafficSwitchRequested request(String endpoint, int attempt) {
    return new TrafficSwitchRequested(
        SERVICE, FALLBACK, EPOCH, DECISION, attempt, NOW.plusSeconds(5), endpoint, WHY);
  }
}
