package io.echopilot.prober.guard;

import static java.util.Objects.requireNonNull;

import io.echopilot.events.AlertEvent;
import io.echopilot.events.AnomalyEvent;
import io.echopilot.events.BackupCommand;
import io.echopilot.events.BackupEvent;
import io.echopilot.events.Event;
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
import io.echopilot.events.ServiceEvent.ServiceDefined;
import io.echopilot.events.ServiceEvent.ServiceRemoved;
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
import java.util.Map;
import org.apache.kafka.streams.processor.PunctuationType;
import org.apache.kafka.streams.processor.api.ProcessorContext;
import org.jspecify.annotations.Nullable;

/** Hands definitions and results to the guards, and carries what they say. */
final class GuardProcessor extends EventProcessor {
  static final String DEFINITIONS = "guarded-services";
  static final Duration TICK = Duration.ofSeconds(1);

  /** Ticks without a record after which none of the past is expected. */
  private static final int QUIET = 5;

  private final Map<String, Guard> guards;
  private final Clock clock;
  private @Nullable Kept<ServiceDefined> definitions;
  private Instant now = Instant.MIN;
  private int quiet;

  /**
   * Makes one for a share.
   *
   * @param guards by the name of their store
   */
  GuardProcessor(EventStreams streams, Map<String, Guard> guards, Clock clock) {
    super(streams);
    this.guards = guards;
    this.clock = clock;
  }

  @Override
  public void init(ProcessorContext<String, Outgoing> context) {
    super.init(context);
    Kept<ServiceDefined> kept = new Kept<>(context, DEFINITIONS, ServiceDefined.class);
    definitions = kept;
    guards.forEach((store, guard) -> {
      guard.open(context.getStateStore(store), new Streamed());
      kept.all().values().forEach(defined -> guard.defined(defined.definition(), now));
    });
    context.schedule(TICK, PunctuationType.WALL_CLOCK_TIME, _ -> tick());
  }

  @Override
  protected void arrived(
      String key, EventEnvelope<?> envelope, RecordPosition position, Instant at) {
    quiet = 0;
    now = at.isAfter(now) ? at : now;
    switch (envelope.data()) {
      case ServiceDefined event -> defined(key, event);
      case ServiceRemoved event -> removed(key, event);
      case ProbeEvent event -> seen(key, event);
      case AlertEvent _,
          AnomalyEvent _,
          BackupCommand _,
          BackupEvent _,
          FailoverEvent _,
          FailoverStateEvent _,
          HeartbeatEvent _,
          JobEvent _,
          IncidentEvent _,
          LocationEvent _,
          SloEvent _,
          TimelineEvent _,
          TrafficResult _ ->
          throw new IllegalArgumentException("nothing for a guard: " + envelope.type());
    }
  }

  private void defined(String key, ServiceDefined event) {
    if (isNews(key, event)) {
      definitions().put(key, event);
      guards.values().forEach(guard -> guard.defined(event.definition(), now));
    }
  }

  private void removed(String key, ServiceRemoved event) {
    if (definitions().get(key) != null && isNews(key, event)) {
      definitions().put(key, null);
      guards.values().forEach(guard -> guard.removed(event.service()));
    }
  }

  private boolean isNews(String key, ServiceEvent event) {
    ServiceDefined known = definitions().get(key);
    return known == null || event.revision() > known.revision();
  }

  private void seen(String key, ProbeEvent event) {
    if (definitions().get(key) != null) {
      guards.values().forEach(guard -> guard.seen(event, now));
    }
  }

  /** While results of the past still come it is the past: what is missing may be among them. */
  private void tick() {
    quiet = Math.min(quiet + 1, QUIET);
    if (quiet == QUIET && clock.instant().isAfter(now)) {
      now = clock.instant();
    }
    if (now.equals(Instant.MIN)) {
      // Just begun with what was restored: what time it is there, the first record or quiet tells.
      return;
    }
    guards.values().forEach(guard -> guard.tick(now));
  }

  private Kept<ServiceDefined> definitions() {
    return requireNonNull(definitions);
  }

  private final class Streamed implements Guard.Outlet {
    @Override
    public void tell(Event event, String id, Instant at) {
      send(event, id, at, null);
    }

    @Override
    public void mention(Event event, String id, Instant at) {
      sendLater(event, id, at, null);
    }
  }
}
