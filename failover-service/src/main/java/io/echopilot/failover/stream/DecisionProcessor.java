package io.echopilot.failover.stream;

import static java.util.Objects.requireNonNull;

import io.echopilot.events.Event;
import io.echopilot.events.EventCodec.Decoded;
import io.echopilot.events.EventEnvelope;
import io.echopilot.events.FailoverStateEvent.FailoverState;
import io.echopilot.events.RecordPosition;
import io.echopilot.events.ServiceEvent;
import io.echopilot.events.ServiceEvent.ServiceDefined;
import io.echopilot.events.ServiceEvent.ServiceRemoved;
import io.echopilot.failover.decision.Input.DeadlineReached;
import io.echopilot.failover.decision.ServiceState;
import io.echopilot.failover.decision.View;
import io.echopilot.starter.streams.Arrivals;
import io.echopilot.starter.streams.Outgoing;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
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
  private final Arrivals arrivals;
  private final StreamMeters meters;
  private final ThreadLocal<Backlog> backlog;
  private final Map<String, Live> services = new HashMap<>();
  private @Nullable ProcessorContext<String, Outgoing> context;
  private @Nullable ServiceStore store;

  DecisionProcessor(
      Clock clock, Arrivals arrivals, StreamMeters meters, ThreadLocal<Backlog> backlog) {
    this.clock = clock;
    this.arrivals = arrivals;
    this.meters = meters;
    this.backlog = backlog;
  }

  @Override
  public void init(ProcessorContext<String, Outgoing> initialContext) {
    context = initialContext;
    store = new ServiceStore(initialContext);
    services.clear();
    store.load().forEach((service, stored) -> services.put(service, Live.restored(stored)));
    initialContext.schedule(TICK, PunctuationType.WALL_CLOCK_TIME, _ -> tick());
  }

  @Override
  public void process(Record<String, byte[]> record) {
    RecordMetadata metadata = requireNonNull(context).recordMetadata().orElseThrow();
    RecordPosition position =
        new RecordPosition(metadata.topic(), metadata.partition(), metadata.offset());
    switch (arrivals.decode(position, record)) {
      case Decoded.Known(var envelope) -> arrived(record, position, envelope);
      case Decoded.Malformed(String reason) -> deadLetter(record, position, reason);
      case Decoded.UnknownType _ -> meters.skipped(position.topic());
      case Decoded.Tombstone _ -> {}
    }
  }

  private void arrived(
      Record<String, byte[]> record, RecordPosition position, EventEnvelope<?> envelope) {
    Live live = services.get(record.key());
    Instant appended = Instant.ofEpochMilli(record.timestamp());
    Optional<Reaction> reaction;
    try {
      reaction = reaction(live, position, appended, envelope);
    } catch (RuntimeException e) {
      log.error("{} could not be decided on and goes to the dead letters", position, e);
      deadLetter(record, position, "failover-service failed on it, a bug: " + e);
      return;
    }
    reaction.ifPresent(known -> carryOut(record.key(), live, known, appended));
  }

  /** Empty when the record changes nothing, because it is old or about no service of ours. */
  private static Optional<Reaction> reaction(
      @Nullable Live live, RecordPosition position, Instant appended, EventEnvelope<?> envelope) {
    String trace = envelope.traceparent();
    boolean protectedNow = live != null && !live.stored().removed();
    return switch (envelope.data()) {
      case ServiceEvent event
          when live != null && event.revision() <= live.stored().state().revision() ->
          Optional.empty();
      case ServiceRemoved removed when protectedNow ->
          Optional.of(Reaction.removed(requireNonNull(live), removed, appended));
      case ServiceRemoved _ -> Optional.empty();
      case ServiceDefined defined when !protectedNow ->
          Optional.of(Reaction.defined(live, defined, position, appended, trace));
      case Event event when protectedNow ->
          Optional.of(
              Reaction.decided(requireNonNull(live), Inputs.of(event, position), appended, trace));
      case Event _ -> Optional.empty();
    };
  }

  private void tick() {
    Instant now = clock.instant();
    deadlines(now);
    if (!backlog.get().putsOffViews(now)) {
      views();
    }
  }

  private void deadlines(Instant now) {
    List<String> due = new ArrayList<>();
    services.forEach((key, live) -> {
      if (live.isDue(now)) {
        due.add(key);
      }
    });
    due.forEach(key -> deadline(key, requireNonNull(services.get(key)), now));
  }

  private void deadline(String key, Live live, Instant now) {
    Reaction reaction;
    try {
      reaction = Reaction.decided(live, new DeadlineReached(), now, null);
    } catch (RuntimeException e) {
      log.error("The deadline of {} could not be decided on, a bug; it is dropped", key, e);
      services.put(key, live.withoutDeadline());
      return;
    }
    carryOut(key, live, reaction, now);
  }

  /** Publishes what people see, where that changed; no decision waits for it. */
  private void views() {
    services.replaceAll((key, live) -> {
      String cause = live.changedBy();
      return cause == null ? live : live.showing(show(key, live, cause));
    });
  }

  private @Nullable FailoverState show(String key, Live live, String cause) {
    ServiceState state = live.stored().state();
    FailoverState view;
    try {
      view = View.of(state);
    } catch (RuntimeException e) {
      log.error("The view of {} can't be made, a bug; the last one stays published", key, e);
      return live.shown();
    }
    if (!view.equals(live.shown())) {
      requireNonNull(context)
          .forward(Outbox.view(view, cause, state.now(), live.stored().traceparent()));
    }
    return view;
  }

  /** What fails from here on is Kafka's, and is for Kafka Streams to handle. */
  private void carryOut(String key, @Nullable Live before, Reaction reaction, Instant since) {
    requireNonNull(store)
        .save(key, before == null ? null : before.stored(), reaction.after().stored());
    services.put(key, reaction.after());
    reaction.events().forEach(meters::decided);
    reaction.published().forEach(requireNonNull(context)::forward);
    if (!reaction.events().isEmpty() && backlog.get().commitsAtOnce(since, clock.instant())) {
      requireNonNull(context).commit();
    }
  }

  private void deadLetter(Record<String, byte[]> record, RecordPosition position, String reason) {
    log.warn("{} goes to the dead letters: {}", position, reason);
    meters.deadLettered(position.topic());
    requireNonNull(context).forward(Outbox.RECORDS.deadLetter(record, position, reason));
  }
}
