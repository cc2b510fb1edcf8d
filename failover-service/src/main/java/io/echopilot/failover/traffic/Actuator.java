package io.echopilot.failover.traffic;

import io.echopilot.events.EventEnvelope;
import io.echopilot.events.FailoverEvent;
import io.echopilot.events.FailoverEvent.TrafficSwitchRequested;
import io.echopilot.events.TopicNames;
import io.echopilot.events.TrafficResult;
import io.echopilot.events.TrafficResult.SwitchApplied;
import io.echopilot.events.TrafficResult.SwitchErrored;
import io.echopilot.events.TrafficResult.SwitchRefused;
import io.echopilot.failover.traffic.TrafficAdapter.Order;
import io.echopilot.failover.traffic.TrafficAdapter.Outcome;
import io.echopilot.starter.EchoPilotListener;
import io.echopilot.starter.EventPublisher;
import java.time.Clock;
import java.time.Instant;
import java.util.concurrent.CompletableFuture;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Carries out requested switches and says what it saw. The offset is committed only once that is
 * written, so a request whose actuator died is carried out again by its successor, which the epoch
 * makes harmless.
 */
final class Actuator {
  private static final Logger log = LoggerFactory.getLogger(Actuator.class);

  private final TrafficAdapters adapters;
  private final EventPublisher publisher;
  private final Clock clock;

  Actuator(TrafficAdapters adapters, EventPublisher publisher, Clock clock) {
    this.adapters = adapters;
    this.publisher = publisher;
    this.clock = clock;
  }

  @EchoPilotListener(
      id = "actuator",
      topics = TopicNames.FAILOVER_EVENTS,
      groupId = "failover-actuator")
  CompletableFuture<Void> on(EventEnvelope<FailoverEvent> envelope) {
    return envelope.data() instanceof TrafficSwitchRequested request
        ? carryOut(request, envelope)
        : CompletableFuture.completedFuture(null);
  }

  private CompletableFuture<Void> carryOut(TrafficSwitchRequested request, EventEnvelope<?> cause) {
    log.info(
        "Sending {} to {} under epoch {}, attempt {}",
        request.service(),
        request.site(),
        request.epoch(),
        request.attempt());
    return outcome(request)
        .thenCompose(outcome ->
            publisher.publish(
                result(request, outcome, clock.instant()),
                "%s/%d".formatted(request.decisionId(), request.attempt()),
                cause))
        .thenAccept(_ -> {});
  }

  private CompletableFuture<Outcome> outcome(TrafficSwitchRequested request) {
    if (clock.instant().isAfter(request.deadline())) {
      return CompletableFuture.completedFuture(
          new Outcome.Errored("the request came after its deadline and was not carried out"));
    }
    Order order =
        new Order(request.service(), request.site(), request.epoch(), request.decisionId());
    return adapters.ask(request.endpoint(), adapter -> adapter.apply(order), Outcome.Errored::new);
  }

  private static TrafficResult result(TrafficSwitchRequested request, Outcome outcome, Instant at) {
    return switch (outcome) {
      case Outcome.Applied _ ->
          new SwitchApplied(
              request.service(),
              request.site(),
              request.epoch(),
              request.decisionId(),
              request.attempt(),
              at);
      case Outcome.Refused(var current, String reason) ->
          new SwitchRefused(
              request.service(),
              request.epoch(),
              request.decisionId(),
              request.attempt(),
              current,
              reason,
              at);
      case Outcome.Errored(String reason) ->
          new SwitchErrored(
              request.service(),
              request.epoch(),
              request.decisionId(),
              request.attempt(),
              reason,
              at);
    };
  }
}
