package io.echopilot.backup.stream;

import static java.util.Objects.requireNonNull;

import io.echopilot.backup.plan.SafetyPlan;
import io.echopilot.events.AlertEvent;
import io.echopilot.events.AnomalyEvent;
import io.echopilot.events.BackupCommand;
import io.echopilot.events.BackupEvent;
import io.echopilot.events.EventEnvelope;
import io.echopilot.events.FailoverEvent;
import io.echopilot.events.FailoverEvent.FailoverCompleted;
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
import java.time.Instant;
import org.apache.kafka.streams.processor.api.ProcessorContext;
import org.jspecify.annotations.Nullable;

/** From failovers to safety backups, service by service. */
final class SafetyProcessor extends EventProcessor {
  static final String STORE = "safety";

  private final Sources sources;
  private final Clock clock;
  private @Nullable Kept<SafetyPlan> kept;

  SafetyProcessor(EventStreams streams, Sources sources, Clock clock) {
    super(streams);
    this.sources = sources;
    this.clock = clock;
  }

  @Override
  public void init(ProcessorContext<String, Outgoing> context) {
    super.init(context);
    kept = new Kept<>(context, STORE, SafetyPlan.class);
  }

  @Override
  protected void arrived(
      String key, EventEnvelope<?> envelope, RecordPosition position, Instant now) {
    switch (envelope.data()) {
      case FailoverCompleted event -> completed(key, event, envelope);
      case FailoverEvent _ -> {}
      case AlertEvent _,
          AnomalyEvent _,
          BackupCommand _,
          BackupEvent _,
          FailoverStateEvent _,
          HeartbeatEvent _,
          JobEvent _,
          IncidentEvent _,
          LocationEvent _,
          ProbeEvent _,
          ServiceEvent _,
          SloEvent _,
          TimelineEvent _,
          TrafficResult _ ->
          throw new IllegalArgumentException("no reason for a backup: " + envelope.type());
    }
  }

  private void completed(String key, FailoverCompleted event, EventEnvelope<?> cause) {
    Kept<SafetyPlan> plans = requireNonNull(kept);
    SafetyPlan.Outcome outcome =
        SafetyPlan.completed(plans.get(key), event, sources.of(event.service()), clock.instant());
    plans.put(key, outcome.plan());
    outcome
        .requests()
        .forEach(request ->
            send(request.event(), request.id(), request.event().at(), cause.traceparent()));
  }
}
