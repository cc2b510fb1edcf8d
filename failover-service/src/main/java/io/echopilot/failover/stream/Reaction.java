package io.echopilot.failover.stream;

import io.echopilot.events.FailoverEvent;
import io.echopilot.events.RecordPosition;
import io.echopilot.events.ServiceEvent.ServiceDefined;
import io.echopilot.events.ServiceEvent.ServiceRemoved;
import io.echopilot.failover.decision.FailoverDecision;
import io.echopilot.failover.decision.Input;
import io.echopilot.failover.decision.Input.Arrival;
import io.echopilot.failover.decision.Input.DeadlineReached;
import io.echopilot.failover.decision.ServiceState;
import io.echopilot.starter.streams.Outgoing;
import java.time.Instant;
import java.util.List;
import org.apache.kafka.streams.processor.api.Record;
import org.jspecify.annotations.Nullable;

/**
 * What follows from an input, complete before any of it is carried out, so that a rule that throws
 * leaves nothing half done.
 *
 * @param after the service as it is kept from now on
 * @param events what was decided
 * @param published the records that tell it, in order
 */
record Reaction(Live after, List<FailoverEvent> events, List<Record<String, Outgoing>> published) {

  /** A service is defined for the first time, or again after it was removed. */
  static Reaction defined(
      @Nullable Live before,
      ServiceDefined event,
      RecordPosition cause,
      Instant now,
      @Nullable String trace) {
    ServiceState state =
        before == null
            ? ServiceState.defined(event.definition(), event.revision(), event.hash(), now)
            : before
                .stored()
                .state()
                .definedAgain(event.definition(), event.revision(), event.hash(), now);
    return new Reaction(
        Live.changed(
            before,
            new StoredService(StoredService.VERSION, false, state, trace),
            cause.toString()),
        List.of(),
        List.of());
  }

  /** Something arrived, or a deadline has passed. */
  static Reaction decided(Live before, Input input, Instant time, @Nullable String trace) {
    StoredService stored = before.stored();
    FailoverDecision decision = FailoverDecision.decide(stored.state(), input, time);
    ServiceState state = decision.state();
    String carried = decision.events().isEmpty() || trace == null ? stored.traceparent() : trace;
    return new Reaction(
        Live.changed(
            before,
            new StoredService(StoredService.VERSION, false, state, carried),
            cause(input, state.now())),
        decision.events(),
        decision.events().stream().map(event -> Outbox.event(event, carried)).toList());
  }

  private static String cause(Input input, Instant now) {
    return switch (input) {
      case Arrival arrival -> arrival.position().toString();
      case DeadlineReached _ -> "deadline@" + now;
    };
  }

  /** The service is no longer protected; its epochs and its numbering are kept. */
  static Reaction removed(Live before, ServiceRemoved event, Instant now) {
    ServiceState state = before.stored().state().removed(event.revision());
    return new Reaction(
        Live.changed(
            before, new StoredService(StoredService.VERSION, true, state, null), "removal"),
        List.of(),
        List.of(Outbox.gone(event.subject(), now)));
  }
}
