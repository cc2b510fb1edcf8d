package io.echopilot.alert.stream;

import static java.util.Objects.requireNonNull;

import io.echopilot.alert.delivery.Deliveries;
import io.echopilot.alert.delivery.Deliveries.Outcome;
import io.echopilot.alert.delivery.Routing;
import io.echopilot.events.AlertEvent;
import io.echopilot.events.AlertEvent.AlertDelivered;
import io.echopilot.events.AlertEvent.AlertDeliveryFailed;
import io.echopilot.events.AlertEvent.AlertRequested;
import io.echopilot.events.AnomalyEvent;
import io.echopilot.events.BackupCommand;
import io.echopilot.events.BackupEvent;
import io.echopilot.events.EventEnvelope;
import io.echopilot.events.FailoverEvent;
import io.echopilot.events.FailoverStateEvent;
import io.echopilot.events.HeartbeatEvent;
import io.echopilot.events.IncidentEvent;
import io.echopilot.events.JobEvent;
import io.echopilot.events.LocationEvent;
import io.echopilot.events.ProbeEvent;
import io.echopilot.events.RecordPosition;
import io.echopilot.events.ServiceEvent;
import io.echopilot.events.SloEvent;
import io.echopilot.events.TimelineEvent;
import io.echopilot.events.TrafficResult;
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

/** From incidents to what each channel is asked to show, and again when it did not. */
final class DeliveryProcessor extends EventProcessor {
  static final String STORE = "deliveries";
  private static final Duration TICK = Duration.ofMillis(100);

  private final Routing routing;
  private final Clock clock;
  private @Nullable Kept<Deliveries> kept;

  DeliveryProcessor(EventStreams streams, Routing routing, Clock clock) {
    super(streams);
    this.routing = routing;
    this.clock = clock;
  }

  @Override
  public void init(ProcessorContext<String, Outgoing> context) {
    super.init(context);
    kept = new Kept<>(context, STORE, Deliveries.class);
    context.schedule(TICK, PunctuationType.WALL_CLOCK_TIME, _ -> retries(clock.instant()));
  }

  @Override
  protected void arrived(
      String key, EventEnvelope<?> envelope, RecordPosition position, Instant now) {
    Deliveries before = kept().get(key);
    switch (envelope.data()) {
      case IncidentEvent event ->
          carryOut(key, Deliveries.changed(before, event, now, routing), now, envelope);
      case AlertDelivered event when before != null ->
          carryOut(key, before.delivered(event, now, routing), now, envelope);
      case AlertDeliveryFailed event when before != null ->
          carryOut(key, before.failed(event, now, routing), now, envelope);
      case AlertEvent _ -> {}
      case AnomalyEvent _,
          BackupCommand _,
          BackupEvent _,
          FailoverEvent _,
          FailoverStateEvent _,
          HeartbeatEvent _,
          JobEvent _,
          LocationEvent _,
          ProbeEvent _,
          ServiceEvent _,
          SloEvent _,
          TimelineEvent _,
          TrafficResult _ ->
          throw new IllegalArgumentException("nothing to deliver: " + envelope.type());
    }
  }

  private void retries(Instant now) {
    kept()
        .all()
        .forEach((key, deliveries) -> {
          if (deliveries.nextDeadline().map(at -> !at.isAfter(now)).orElse(false)) {
            carryOut(key, deliveries.due(now, routing), now, null);
          }
        });
  }

  private void carryOut(
      String key, Outcome outcome, Instant now, @Nullable EventEnvelope<?> cause) {
    kept().put(key, outcome.deliveries());
    for (AlertRequested request : outcome.requests()) {
      String id =
          "%s/%s/%d/%d/requested"
              .formatted(key, request.channel(), request.delivery(), request.attempt());
      send(request, id, now, cause == null ? null : cause.traceparent());
    }
  }

  private Kept<Deliveries> kept() {
    return requireNonNull(kept);
  }
}
