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
import java.util.Collection;
import java.util.Comparator;
import java.util.Map;
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
  static final Duration TICK = Duration.ofMillis(250);
  private static final Duration BEAT = Duration.ofMinutes(1);

  /** So many are read at once without a thought. */
  private static final int FEW = 16;

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
   * @param written how often that was written
   * @param asking whether the edge has not answered yet
   */
  private record Reading(
      @Nullable ReadBack seen, int written, Instant writtenAt, Instant next, boolean asking) {
    static final Reading NONE = new Reading(null, 0, Instant.EPOCH, Instant.EPOCH, false);

    boolean isDue(Instant now) {
      return !asking && !now.isBefore(next);
    }

    Reading asked(Instant again) {
      return new Reading(seen, written, writtenAt, again, true);
    }

    boolean isNews(ReadBack read, Instant now) {
      return !read.equals(seen) || written < 2 || !now.isBefore(writtenAt.plus(BEAT));
    }

    Reading answered(ReadBack read, boolean writing, Instant askedAt, Instant again) {
      int before = read.equals(seen) ? written : 0;
      return writing
          ? new Reading(read, before + 1, askedAt, again, false)
          : new Reading(read, before, writtenAt, again, false);
    }

    Reading unwritten() {
      return new Reading(seen, 0, writtenAt, next, asking);
    }
  }

  void tick() {
    Instant now = clock.instant();
    Collection<ServiceDefinition> definitions = share.definitions();
    readings
        .keySet()
        .retainAll(definitions.stream().map(ServiceDefinition::id).collect(Collectors.toSet()));
    definitions.stream()
        .filter(definition -> reading(definition).isDue(now))
        .sorted(Comparator.comparing(definition -> reading(definition).next()))
        .limit(mostAtOnce(definitions.size()))
        .forEach(definition -> {
          readings.put(definition.id(), reading(definition).asked(now.plus(interval)));
          ask(definition, now);
        });
  }

  private Reading reading(ServiceDefinition definition) {
    return readings.getOrDefault(definition.id(), Reading.NONE);
  }

  /** Twice the even rate, so that services that began together are soon read at different times. */
  private long mostAtOnce(int services) {
    return Math.max(FEW, 2L * services * TICK.toMillis() / interval.toMillis());
  }

  private void ask(ServiceDefinition definition, Instant now) {
    var _ =
        adapters
            .ask(
                definition.traffic().webhook(),
                adapter -> adapter.read(definition.id()),
                ReadBack.Unreadable::new)
            .thenAccept(read -> answered(definition.id(), read, now));
  }

  private void answered(ServiceId service, ReadBack read, Instant askedAt) {
    Reading last = readings.get(service);
    if (last == null) {
      return; // It is another replica's by now.
    }
    boolean news = last.isNews(read, askedAt);
    readings.put(service, last.answered(read, news, askedAt, next(read, askedAt, last.next())));
    if (news) {
      var _ =
          publisher
              .publish(result(service, read, askedAt))
              .exceptionally(failure -> {
                log.warn("The route of {} is written again later: {}", service, "" + failure);
                readings.computeIfPresent(service, (_, reading) -> reading.unwritten());
                return null;
              });
    }
  }

  private static Instant next(ReadBack read, Instant askedAt, Instant planned) {
    Instant soon = askedAt.plus(SOON);
    return read instanceof ReadBack.Read || planned.isBefore(soon) ? planned : soon;
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
