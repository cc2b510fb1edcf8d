package io.echopilot.starter;

import io.echopilot.events.HeartbeatEvent.ServiceHeartbeat;
import io.echopilot.events.InstanceId;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.ScheduledFuture;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.context.SmartLifecycle;
import org.springframework.scheduling.TaskScheduler;

/** Says on {@code echopilot.heartbeats} that this instance runs and reaches Kafka. */
final class Heartbeats implements SmartLifecycle {
  private static final Logger log = LoggerFactory.getLogger(Heartbeats.class);

  private final EventPublisher publisher;
  private final InstanceId instance;
  private final String application;
  private final Duration interval;
  private final TaskScheduler scheduler;
  private final Clock clock;
  private final Instant startedAt;
  private @Nullable ScheduledFuture<?> beating;

  Heartbeats(
      EventPublisher publisher,
      InstanceId instance,
      String application,
      Duration interval,
      TaskScheduler scheduler,
      Clock clock) {
    this.publisher = publisher;
    this.instance = instance;
    this.application = application;
    this.interval = interval;
    this.scheduler = scheduler;
    this.clock = clock;
    this.startedAt = clock.instant();
  }

  @Override
  public void start() {
    beating = scheduler.scheduleAtFixedRate(this::beat, clock.instant(), interval);
  }

  private void beat() {
    var _ =
        publisher
            .publish(new ServiceHeartbeat(instance, application, startedAt, clock.instant()))
            .exceptionally(failure -> {
              log.warn("Kafka did not take a heartbeat: {}", failure.toString());
              return null;
            });
  }

  @Override
  public void stop() {
    if (beating != null) {
      beating.cancel(false);
      beating = null;
    }
  }

  @Override
  public boolean isRunning() {
    return beating != null;
  }
}
