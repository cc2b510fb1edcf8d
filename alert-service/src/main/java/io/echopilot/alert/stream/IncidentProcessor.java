package io.echopilot.alert.stream;

import static java.util.Objects.requireNonNull;
import static java.util.Objects.requireNonNullElse;

import io.echopilot.alert.incident.AnomalyRules;
import io.echopilot.alert.incident.BudgetRules;
import io.echopilot.alert.incident.IncidentRules;
import io.echopilot.alert.incident.ServiceIncidents;
import io.echopilot.events.AlertEvent;
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
import io.echopilot.events.ServiceEvent.ServiceDefined;
import io.echopilot.events.ServiceEvent.ServiceRemoved;
import io.echopilot.events.SloEvent;
import io.echopilot.events.TimelineEvent;
import io.echopilot.events.TrafficResult;
import io.echopilot.starter.streams.EventProcessor;
import io.echopilot.starter.streams.EventStreams;
import io.echopilot.starter.streams.Kept;
import io.echopilot.starter.streams.Outgoing;
import java.time.Instant;
import org.apache.kafka.streams.processor.api.ProcessorContext;
import org.jspecify.annotations.Nullable;

/** From what was decided to incidents, service by service. */
final class IncidentProcessor extends EventProcessor {
  static final String STORE = "incidents";

  private @Nullable Kept<ServiceIncidents> kept;

  IncidentProcessor(EventStreams streams) {
    super(streams);
  }

  @Override
  public void init(ProcessorContext<String, Outgoing> context) {
    super.init(context);
    kept = new Kept<>(context, STORE, ServiceIncidents.class);
  }

  @Override
  protected void arrived(
      String key, EventEnvelope<?> envelope, RecordPosition position, Instant now) {
    ServiceIncidents before = requireNonNullElse(kept().get(key), ServiceIncidents.NONE);
    switch (envelope.data()) {
      case FailoverEvent event ->
          carryOut(key, before, IncidentRules.apply(before, event, position), envelope);
      case SloEvent event ->
          carryOut(key, before, BudgetRules.apply(before, event, now, position), envelope);
      case AnomalyEvent event ->
          carryOut(key, before, AnomalyRules.apply(before, event, now, position), envelope);
      case ServiceRemoved event ->
          carryOut(key, before, IncidentRules.apply(before, event, now, position), envelope);
      case ServiceDefined _ -> {}
      case AlertEvent _,
          BackupCommand _,
          BackupEvent _,
          FailoverStateEvent _,
          HeartbeatEvent _,
          JobEvent _,
          IncidentEvent _,
          LocationEvent _,
          ProbeEvent _,
          TimelineEvent _,
          TrafficResult _ ->
          throw new IllegalArgumentException("no reason for an incident: " + envelope.type());
    }
  }

  private void carryOut(
      String key, ServiceIncidents before, IncidentRules.Outcome outcome, EventEnvelope<?> cause) {
    ServiceIncidents after = outcome.incidents();
    if (!after.equals(before)) {
      kept().put(key, after.open().isEmpty() ? null : after);
    }
    for (IncidentEvent event : outcome.events()) {
      send(event, id(event), event.incident().updatedAt(), cause.traceparent());
    }
  }

  private static String id(IncidentEvent event) {
    return "%s/%d".formatted(event.incident().id(), event.incident().revision());
  }

  private Kept<ServiceIncidents> kept() {
    return requireNonNull(kept);
  }
}
