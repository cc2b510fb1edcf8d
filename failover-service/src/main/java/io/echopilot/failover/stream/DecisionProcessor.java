package io.echopilot.failover.stream;

import static java.util.Objects.requireNonNull;

import io.echopilot.events.EventCodec.Decoded;
import io.echopilot.events.RecordPosition;
import io.echopilot.events.ServiceEvent;
import io.echopilot.events.ServiceEvent.ServiceDefined;
import io.echopilot.events.ServiceEvent.ServiceRemoved;
import io.echopilot.failover.decision.FailoverDecision;
import io.echopilot.failover.decision.Input;
import io.echopilot.failover.decision.Input.DeadlineReached;
import io.echopilot.failover.decision.Input.DefinitionArrived;
import io.echopilot.failover.decision.ServiceState;
import io.echopilot.failover.decision.View;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.kafka.streams.processor.PunctuationType;
import org.apache.kafka.streams.processor.api.Processor;
import org.apache.kafka.streams.processor.api.ProcessorContext;
import org.apache.kafka.streams.processor.api.Record;
import org.apache.kafka.streams.processor.api.RecordMetadata;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Feeds the decision of each service in this task with what arrives and with its deadlines, keeps
 * what it returns, and commits as soon as something was decided.
 */
final class DecisionProcessor implements Processor<String, byte[], String, Outgoing> {
  private static final Logger log = LoggerFactory.getLogger(DecisionProcessor.class);
  private static final Duration TICK = Duration.ofMillis(100);

  private final Clock clock;
  private final Inputs inputs;
  private final StreamMeters meters;
  private final Map<String, Live> services = new HashMap<>();
  private @Nullable ProcessorContext<String, Outgoing> context;
  private @Nullable ServiceStores stores;

  DecisionProcessor(Clock clock, Inputs inputs, StreamMeters meters) {
    this.clock = clock;
    this.inputs = inputs;
    this.meters = meters;
  }

  /** A service with what is derived from its state. */
  private record Live(StoredService stored, @Nullable Instant nextDeadline) {
    static Live of(StoredService stored) {
      return new Live(
          stored,
          stored.removed() ? null : FailoverDecision.nextDeadline(stored.state()).orElse(null));
    }
  }

  @Override
  public void init(ProcessorContext<String, Outgoing> initialContext) {
    context = initialContext;
    stores = new ServiceStores(initialContext);
    services.clear();
    stores.load().forEach((service, stored) -> services.put(service, Live.of(stored)));
    initialContext.schedule(TICK, PunctuationType.WALL_CLOCK_TIME, _ -> deadlines());
  }

  @Override
  public void process(Record<String, byte[]> record) {
    RecordMetadata metadata = requireNonNull(context).recordMetadata().orElseThrow();
    RecordPosition position =
        new RecordPosition(metadata.topic(), metadata.partition(), metadata.offset());
    Decoded decoded = inputs.decode(position, record);
    try {
      switch (decoded) {
        case Decoded.Known(var envelope) -> {
          Instant appended = Instant.ofEpochMilli(record.timestamp());
          if (envelope.data() instanceof ServiceRemoved removed) {
            remove(removed, appended);
          } else {
            Input input = Inputs.of(envelope.data(), position);
            arrived(record.key(), input, appended, envelope.traceparent());
          }
        }
        case Decoded.Malformed(String reason) -> deadLetter(record, position, reason);
        case Decoded.UnknownType _ -> meters.skipped(position.topic());
        case Decoded.Tombstone _ -> {}
      }
    } catch (RuntimeException e) {
      log.error("{} could not be decided on and goes to the dead letters", position, e);
      deadLetter(record, position, "failover-service failed on it, a bug: " + e);
    }
  }

  private void arrived(String key, Input input, Instant appended, @Nullable String trace) {
    Live live = services.get(key);
    if (input instanceof DefinitionArrived(ServiceDefined event, RecordPosition _)
        && (live == null || live.stored().removed())) {
      begin(key, live, event, appended);
    } else if (live != null && !live.stored().removed()) {
      decide(key, live, input, appended, trace);
    }
  }

  private void begin(String key, @Nullable Live live, ServiceDefined event, Instant now) {
    ServiceState fresh =
        live == null
            ? ServiceState.defined(event.definition(), event.revision(), event.hash(), now)
            : live.stored()
                .state()
                .definedAgain(event.definition(), event.revision(), event.hash(), now);
    StoredService stored =
        new StoredService(StoredService.VERSION, false, fresh, View.of(fresh), null);
    keep(key, live, stored);
    publish(key, Outbox.view(requireNonNull(stored.view()), now, null));
  }

  private void decide(String key, Live live, Input input, Instant time, @Nullable String trace) {
    FailoverDecision decision = FailoverDecision.decide(live.stored().state(), input, time);
    var view = View.of(decision.state());
    boolean viewChanged = !view.equals(live.stored().view());
    String carried =
        decision.events().isEmpty() || trace == null ? live.stored().traceparent() : trace;
    keep(
        key,
        live,
        new StoredService(
            StoredService.VERSION,
            false,
            decision.state(),
            viewChanged ? view : live.stored().view(),
            carried));
    for (var event : decision.events()) {
      meters.decided(event);
      publish(key, Outbox.event(event, carried));
    }
    if (viewChanged) {
      publish(key, Outbox.view(view, decision.state().now(), carried));
    }
    if (!decision.events().isEmpty()) {
      requireNonNull(context).commit();
    }
  }

  private void remove(ServiceRemoved removed, Instant appended) {
    String key = removed.subject();
    Live live = services.get(key);
    if (live == null || live.stored().removed() || !isNewer(removed, live)) {
      return;
    }
    ServiceState state = live.stored().state().removed(removed.revision());
    keep(key, live, new StoredService(StoredService.VERSION, true, state, null, null));
    publish(key, Outbox.gone(appended));
  }

  private static boolean isNewer(ServiceEvent event, Live live) {
    return event.revision() > live.stored().state().revision();
  }

  private void keep(String key, @Nullable Live before, StoredService after) {
    requireNonNull(stores).save(key, before == null ? null : before.stored(), after);
    services.put(key, Live.of(after));
  }

  private void deadlines() {
    Instant now = clock.instant();
    List<String> due = new ArrayList<>();
    services.forEach((key, live) -> {
      if (live.nextDeadline() != null && !live.nextDeadline().isAfter(now)) {
        due.add(key);
      }
    });
    for (String key : due) {
      Live live = requireNonNull(services.get(key));
      try {
        decide(key, live, new DeadlineReached(), now, null);
      } catch (RuntimeException e) {
        log.error("The deadline of {} could not be decided on, a bug; it is dropped", key, e);
        services.put(key, new Live(live.stored(), null));
      }
    }
  }

  private void deadLetter(Record<String, byte[]> record, RecordPosition position, String reason) {
    log.warn("{} goes to the dead letters: {}", position, reason);
    meters.deadLettered(position.topic());
    requireNonNull(context).forward(Outbox.deadLetter(record, position, reason));
  }

  private void publish(String key, Record<String, Outgoing> outgoing) {
    requireNonNull(context).forward(outgoing.withKey(key));
  }
}
