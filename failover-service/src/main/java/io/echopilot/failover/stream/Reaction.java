package io.echopilot.failover.stream;

import io.echopilot.events.FailoverEvent;
import io.echopilot.events.FailoverStateEvent.FailoverState;
import io.echopilot.events.RecordPosition;
import io.echopilot.events.ServiceEvent.ServiceDefined;
import io.echopilot.events.ServiceEvent.ServiceRemoved;
import io.echopilot.failover.decision.FailoverDecision;
import io.echopilot.failover.decision.Input;
import io.echopilot.failover.decision.Input.Arrival;
import io.echopilot.failover.decision.Input.DeadlineReached;
import io.echopilot.failover.decision.ServiceState;
import io.echopilot.failover.decision.View;
import java.time.Instant;
import java.util.ArrayList;
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
      @Nullable StoredService before,
      ServiceDefined event,
      RecordPosition cause,
      Instant now,
      @Nullable String trace) {
    ServiceState state =
        before == null
            ? ServiceState.defined(event.definition(), event.revision(), event.hash(), now)
            : before.state().definedAgain(event.definition(), event.revision(), event.hash(), now);
    FailoverState view = View.of(state);
    return new Reaction(
        Live.of(new StoredService(StoredService.VERSION, false, state, view, trace)),
        List.of(),
        List.of(Outbox.view(view, cause.toString(), now, trace)));
  }

  /** Something arrived, or a deadline has passed. */
  static Reaction decided(StoredService before, Input input, Instant time, @Nullable String trace) {
    FailoverDecision decision = FailoverDecision.decide(before.state(), input, time);
    FailoverState view = View.of(decision.state());
    boolean viewChanged = !view.equals(before.view());
    String carried = decision.events().isEmpty() || trace == null ? before.traceparent() : trace;
    List<Record<String, Outgoing>> published = new ArrayList<>();
    decision.events().forEach(event -> published.add(Outbox.event(event, carried)));
    if (viewChanged) {
      Instant now = decision.state().now();
      published.add(Outbox.view(view, cause(input, now), now, carried));
    }
    return new Reaction(
        Live.of(new StoredService(StoredService.VERSION, false, decision.state(), view, carried)),
        decision.events(),
        published);
  }

  private static String cause(Input input, Instant now) {
    return switch (input) {
      case Arrival arrival -> arrival.position().toString();
      case DeadlineReached _ -> "deadline@" + now;
    };
  }

  /** The service is no longer protected; its epochs and its numbering are kept. */
  static Reaction removed(StoredService before, ServiceRemoved event, Instant now) {
    ServiceState state = before.state().removed(event.revision());
    return new Reaction(
        Live.of(new StoredService(StoredService.VERSION, true, state, null, null)),
        List.of(),
        List.of(Outbox.gone(event.subject(), now)));
  }
}
