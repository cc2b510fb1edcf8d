package io.echopilot.backup.stream;

import static java.util.Objects.requireNonNull;

import io.echopilot.backup.plan.BackupPlan;
import io.echopilot.backup.plan.Schedule;
import io.echopilot.backup.plan.SourceState;
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
import io.echopilot.events.ServiceEvent;
import io.echopilot.events.SloEvent;
import io.echopilot.events.SourceId;
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

/**
 * The schedules of the sources whose partition this task owns, and no others: whatever number of
 * replicas there are, one task has a partition, and what it decides is in one transaction with its
 * state.
 */
final class ScheduleProcessor extends EventProcessor {
  static final String STORE = "schedules";
  private static final Duration TICK = Duration.ofMillis(100);

  private final EventStreams streams;
  private final Sources sources;
  private final Clock clock;
  private @Nullable Kept<SourceState> kept;

  ScheduleProcessor(EventStreams streams, Sources sources, Clock clock) {
    super(streams);
    this.streams = streams;
    this.sources = sources;
    this.clock = clock;
  }

  @Override
  public void init(ProcessorContext<String, Outgoing> context) {
    super.init(context);
    kept = new Kept<>(context, STORE, SourceState.class);
    context.schedule(TICK, PunctuationType.WALL_CLOCK_TIME, _ -> tick(clock.instant()));
  }

  @Override
  protected void arrived(
      String key, EventEnvelope<?> envelope, RecordPosition position, Instant now) {
    switch (envelope.data()) {
      case BackupCommand command -> asked(command, now);
      case BackupEvent event -> heard(event, now);
      case AlertEvent _,
          AnomalyEvent _,
          FailoverEvent _,
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
          throw new IllegalArgumentException("nothing for a schedule: " + envelope.type());
    }
  }

  private void asked(BackupCommand command, Instant now) {
    Schedule schedule = sources.schedules().get(command.source());
    if (schedule != null) {
      String key = command.source().value();
      put(key, BackupPlan.asked(kept().get(key), command, now, schedule));
    }
  }

  private void heard(BackupEvent event, Instant now) {
    Schedule schedule = sources.schedules().get(event.source());
    String key = event.source().value();
    SourceState before = kept().get(key);
    if (schedule != null && before != null) {
      put(key, BackupPlan.heard(before, event, now, schedule));
    }
  }

  private void tick(Instant now) {
    sources
        .schedules()
        .forEach((source, schedule) -> {
          if (streams.arrivals().partitionOf(source.value()) == context().taskId().partition()) {
            due(source, schedule, now);
          }
        });
  }

  private void due(SourceId source, Schedule schedule, Instant now) {
    String key = source.value();
    BackupPlan.Outcome outcome = BackupPlan.due(source, kept().get(key), now, schedule);
    put(key, outcome.state());
    outcome.requests().forEach(request -> send(request.event(), request.id(), now, null));
  }

  private void put(String key, SourceState state) {
    if (!state.equals(kept().get(key))) {
      kept().put(key, state);
    }
  }

  private Kept<SourceState> kept() {
    return requireNonNull(kept);
  }
}
