package io.echopilot.failover.traffic;

import io.echopilot.events.ServiceDefinition;
import io.echopilot.events.ServiceId;
import io.echopilot.events.TrafficResult;
import io.echopilot.events.TrafficResult.RouteObserved;
import io.echopilot.events.TrafficResult.RouteUnreadable;
import io.echopilot.failover.traffic.TrafficAdapter.ReadBack;
import io.echopilot.starter.EventPublisher;
import io.echopilot.starter.ServiceShare;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ScheduledFuture;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.context.SmartLifecycle;
import org.springframework.scheduling.TaskScheduler;

/**
 * Reads back the routes of this replica's services. Writes what it saw when it is new, once more at
 * the next reading, and at a slow beat, not every time: ten thousand routes that stay are no news.
 */
final class RouteReader implements SmartLifecycle {
  private static final Logger log = LoggerFactory.getLogger(RouteReader.class);
  private static final Duration TICK = Duration.ofMillis(250);
  private static final Duration BEAT = Duration.ofMinutes(1);

  /** A route that could not be read yet is asked for again soon. */
  private static final Duration SOON = Duration.ofSeconds(1);

  private final ServiceShare share;
  private final TrafficAdapters adapters;
  private final EventPublisher publisher;
  private final TaskScheduler scheduler;
  private final Clock clock;
  private final Duration interval;
  private final Map<ServiceId, Reading> readings = new ConcurrentHashMap<>();
  private @Nullable ScheduledFuture<?> ticking;

  RouteReader(
      ServiceShare share,
      TrafficAdapters adapters,
      EventPublisher publisher,
      TaskScheduler scheduler,
      Clock clock,
      Duration interval) {
    this.share = share;
    this.adapters = adapters;
    this.publisher = publisher;
    this.scheduler = scheduler;
    this.clock = clock;
    this.interval = interval;
  }

  /**
   * The last reading of a route.
   *
   * @param seen what was read; null before the first reading ended
   * @param times how often that was written
   */
  private record Reading(@Nullable ReadBack seen, int times, Instant writtenAt, Instant next) {}

  private void tick() {
    Instant now = clock.instant();
    Set<ServiceId> present =
        share.definitions().stream().map(ServiceDefinition::id).collect(Collectors.toSet());
    readings.keySet().retainAll(present);
    for (ServiceDefinition definition : share.definitions()) {
      Reading last = readings.get(definition.id());
      if (last == null || !now.isBefore(last.next())) {
        Reading asked =
            last == null
                ? new Reading(null, 0, Instant.EPOCH, now.plus(interval))
                : new Reading(last.seen(), last.times(), last.writtenAt(), now.plus(interval));
        readings.put(definition.id(), asked);
        read(definition, asked, now);
      }
    }
  }

  private void read(ServiceDefinition definition, Reading before, Instant askedAt) {
    String endpoint = definition.traffic().webhook();
    Optional<TrafficAdapter> adapter = adapters.named(endpoint);
    if (adapter.isEmpty()) {
      seen(definition.id(), before, new ReadBack.Unreadable(Actuator.missing(endpoint)), askedAt);
      return;
    }
    var _ =
        adapter
            .get()
            .read(definition.id())
            .thenAccept(readBack -> seen(definition.id(), before, readBack, askedAt));
  }

  private void seen(ServiceId service, Reading before, ReadBack seen, Instant askedAt) {
    boolean same = Objects.equals(before.seen(), seen);
    boolean write = !same || before.times() < 2 || !askedAt.isBefore(before.writtenAt().plus(BEAT));
    Instant next = seen instanceof ReadBack.Read ? before.next() : askedAt.plus(SOON);
    readings.put(
        service,
        new Reading(
            seen,
            same ? before.times() + 1 : 1,
            write ? askedAt : before.writtenAt(),
            next.isBefore(before.next()) ? next : before.next()));
    if (write) {
      var _ =
          publisher
              .publish(result(service, seen, askedAt))
              .exceptionally(failure -> {
                log.warn("The route of {} could not be written: {}", service, "" + failure);
                return null;
              });
    }
  }

  private static TrafficResult result(ServiceId service, ReadBack seen, Instant askedAt) {
    return switch (seen) {
      case ReadBack.Read(var route) -> new RouteObserved(service, route, askedAt);
      case ReadBack.Unreadable(String reason) -> new RouteUnreadable(service, reason, askedAt);
    };
  }

  @Override
  public void start() {
    ticking = scheduler.scheduleAtFixedRate(this::tick, TICK);
  }

  @Override
  public void stop() {
    if (ticking != null) {
      ticking.cancel(false);
      ticking = null;
    }
  }

  @Override
  public boolean isRunning() {
    return ticking != null;
  }
}
