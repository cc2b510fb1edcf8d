package io.echopilot.prober.publish;

import java.time.Duration;
import java.util.concurrent.Future;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;

/** Says again and again that a replica of this location runs and reaches Kafka. */
public final class LocationBeat implements AutoCloseable {
  private static final Duration INTERVAL = Duration.ofSeconds(10);

  private final Future<?> beats;

  public LocationBeat(ScheduledExecutorService timer, Reporter reporter) {
    this.beats =
        timer.scheduleAtFixedRate(
            reporter::alive, INTERVAL.toMillis(), INTERVAL.toMillis(), TimeUnit.MILLISECONDS);
  }

  @Override
  public void close() {
    beats.cancel(false);
  }
}
