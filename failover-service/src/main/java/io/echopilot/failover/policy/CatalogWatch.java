package io.echopilot.failover.policy;

import java.time.Duration;
import java.util.concurrent.ScheduledFuture;
import org.jspecify.annotations.Nullable;
import org.springframework.context.SmartLifecycle;
import org.springframework.scheduling.TaskScheduler;

/**
 * Looks at the files again and again: file events are not told on every file system, and never for
 * the symbolic links of a mounted ConfigMap.
 */
final class CatalogWatch implements SmartLifecycle {
  private final CatalogPublisher catalog;
  private final TaskScheduler scheduler;
  private final Duration interval;
  private @Nullable ScheduledFuture<?> watching;

  CatalogWatch(CatalogPublisher catalog, TaskScheduler scheduler, Duration interval) {
    this.catalog = catalog;
    this.scheduler = scheduler;
    this.interval = interval;
  }

  @Override
  public void start() {
    watching = scheduler.scheduleWithFixedDelay(catalog::refresh, interval);
  }

  @Override
  public void stop() {
    if (watching != null) {
      watching.cancel(false);
      watching = null;
    }
  }

  @Override
  public boolean isRunning() {
    return watching != null;
  }
}
