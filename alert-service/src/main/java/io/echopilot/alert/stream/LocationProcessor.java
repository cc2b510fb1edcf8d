package io.echopilot.alert.stream;

import static java.util.Objects.requireNonNull;
import static java.util.Objects.requireNonNullElse;

import io.echopilot.alert.incident.LocationRules;
import io.echopilot.alert.incident.LocationState;
import io.echopilot.events.EventEnvelope;
import io.echopilot.events.HeartbeatEvent.LocationHeartbeat;
import io.echopilot.events.IncidentEvent;
import io.echopilot.events.LocationEvent;
import io.echopilot.events.LocationId;
import io.echopilot.events.RecordPosition;
import io.echopilot.starter.streams.EventProcessor;
import io.echopilot.starter.streams.EventStreams;
import io.echopilot.starter.streams.Kept;
import io.echopilot.starter.streams.Outgoing;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import org.apache.kafka.streams.processor.PunctuationType;
import org.apache.kafka.streams.processor.api.ProcessorContext;
import org.jspecify.annotations.Nullable;

/** From how locations fare, and from their silence, to incidents, location by location. */
final class LocationProcessor extends EventProcessor {
  static final String STORE = "locations";
  private static final Duration TICK = Duration.ofSeconds(1);

  private final Hearing hearing;
  private final Clock clock;
  private @Nullable Kept<LocationState> kept;

  LocationProcessor(EventStreams streams, Hearing hearing, Clock clock) {
    super(streams);
    this.hearing = hearing;
    this.clock = clock;
  }

  @Override
  public void init(ProcessorContext<String, Outgoing> context) {
    super.init(context);
    kept = new Kept<>(context, STORE, LocationState.class);
    context.schedule(TICK, PunctuationType.WALL_CLOCK_TIME, _ -> passes(clock.instant()));
  }

  /** The heartbeats of the fleet's processes are keyed by instance, and only prove that we hear. */
  @Override
  protected void arrived(
      String key, EventEnvelope<?> envelope, RecordPosition position, Instant now) {
    hearing.heard(clock.instant());
    LocationState before = requireNonNullElse(kept().get(key), LocationState.UNKNOWN);
    if (envelope.data() instanceof LocationHeartbeat beat) {
      carryOut(key, before, LocationRules.apply(before, beat, now, position), envelope);
    } else if (envelope.data() instanceof LocationEvent event) {
      carryOut(key, before, LocationRules.apply(before, event, now, position), envelope);
    }
  }

  private void passes(Instant now) {
    Instant listening = hearing.since(now);
    if (listening != null) {
      kept()
          .all()
          .forEach((key, state) ->
              carryOut(
                  key, state, LocationRules.at(state, new LocationId(key), listening, now), null));
    }
  }

  private void carryOut(
      String key,
      LocationState before,
      LocationRules.Outcome outcome,
      @Nullable EventEnvelope<?> cause) {
    if (!outcome.state().equals(before)) {
      kept().put(key, outcome.state().equals(LocationState.UNKNOWN) ? null : outcome.state());
    }
    for (IncidentEvent event : outcome.events()) {
      send(
          event,
          "%s/%d".formatted(event.incident().id(), event.incident().revision()),
          event.incident().updatedAt(),
          cause == null ? null : cause.traceparent());
    }
  }

  private Kept<LocationState> kept() {
    return requireNonNull(kept);
  }
}
