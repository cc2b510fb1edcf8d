package io.echopilot.failover.stream;

import static java.util.Objects.requireNonNull;

import io.echopilot.events.Event;
import io.echopilot.events.EventCodec.Decoded;
import io.echopilot.events.EventEnvelope;
import io.echopilot.events.RecordPosition;
import io.echopilot.events.ServiceEvent;
import io.echopilot.events.ServiceEvent.ServiceDefined;
import io.echopilot.events.ServiceEvent.ServiceRemoved;
import io.echopilot.failover.decision.Input.DeadlineReached;
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
    switch (inputs.decode(position, record)) {
      case Decoded.Known(var envelope) -> arrived(record, position, envelope);
      case Decoded.Malformed(String reason) -> deadLetter(record, position, reason);
      case Decoded.UnknownType _ -> meters.skipped(position.topic());
      case Decoded.Tombstone _ -> {}
    }
  }

  private void arrived(
      Record<String, byte[]> record, RecordPosition position, EventEnvelope<?> envelope) {
    Live live = services.get(record.key());
    Optional<Reaction> reaction;
    try {
      reaction = reaction(live == null ? null : live.stored(), position, record, envelope);
    } catch (RuntimeException e) {
      log.error("{} could not be decided on and goes to the dead letters", position, e);
      deadLetter(record, position, "failover-service failed on it, a bug: " + e);
      return;
    }
    reaction.ifPresent(known -> carryOut(record.key(), live, known));
  }

  /** Empty when the record changes nothing, because it is old or about no service of ours. */
  private static Optional<Reaction> reaction(
      @Nullable StoredService stored,
      RecordPosition position,
      Record<String, byte[]> record,
      EventEnvelope<?> envelope) {
    Instant appended = Instant.ofEpochMilli(record.timestamp());
    String trace = envelope.traceparent();
    boolean protectedNow = stored != null && !stored.removed();
    return switch (envelope.data()) {
      case ServiceEvent event
          when stored != null && event.revision() <= stored.state().revision() ->
          Optional.empty();
      case ServiceRemoved removed when protectedNow ->
          Optional.of(Reaction.removed(requireNonNull(stored), removed, appended));
      case ServiceRemoved _ -> Optional.empty();
      case ServiceDefined defined when !protectedNow ->
          Optional.of(Reaction.defined(stored, defined, position, appended, trace));
      case Event event when protectedNow ->
          Optional.of(
              Reaction.decided(
                  requireNonNull(stored), Inputs.of(event, position), appended, trace));
      case Event _ -> Optional.empty();
    };
  }

  private void deadlines() {
    Instant now = clock.instant();
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
      reaction = Reaction.decided(live.stored(), new DeadlineReached(), now, null);
    } catch (RuntimeException e) {
      log.error("The deadline of {} could not be decided on, a bug; it is dropped", key, e);
      services.put(key, live.withoutDeadline());
      return;
    }
    carryOut(key, live, reaction);
  }

  /** What fails from here on is Kafka's, and is for Kafka Streams to handle. */
  private void carryOut(String key, @Nullable Live before, Reaction reaction) {
    requireNonNull(stores)
        .save(key, before == null ? null : before.stored(), reaction.after().stored());
    services.put(key, reaction.after());
    reaction.events().forEach(meters::decided);
    reaction.published().forEach(requireNonNull(context)::forward);
    if (!reaction.events().isEmpty()) {
      requireNonNull(context).commit();
    }
  }

  private void deadLetter(Record<String, byte[]> record, RecordPosition position, String reason) {
    log.warn("{} goes to the dead letters: {}", position, reason);
    meters.deadLettered(position.topic());
    requireNonNull(context).forward(Outbox.deadLetter(record, position, reason));
  }
}
