package io.echopilot.dashboard.live;

import io.echopilot.dashboard.DashboardProperties;
import java.time.Clock;
import org.springframework.boot.health.contributor.Health;
import org.springframework.boot.health.contributor.HealthIndicator;
import org.springframework.context.SmartLifecycle;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.kafka.core.ConsumerFactory;

@Configuration(proxyBeanMethods = false)
class LiveConfiguration {
  @Bean
  LiveTimeline liveTimeline(DashboardProperties properties) {
    return new LiveTimeline(properties.kept());
  }

  @Bean
  Pulse pulse(Clock clock, DashboardProperties properties) {
    return new Pulse(clock, new Attendance(properties.expects(), properties.patience()));
  }

  @Bean
  LiveStream liveStream(LiveTimeline timeline, Pulse pulse) {
    return new LiveStream(timeline, pulse);
  }

  @Bean
  SmartLifecycle timelineReader(
      ConsumerFactory<String, byte[]> consumers,
      DashboardProperties properties,
      LiveTimeline timeline,
      LiveStream stream,
      Pulse pulse) {
    return new Following(
        new TimelineReader(
            () -> consumers.createConsumer(null, "timeline", null),
            properties.kept(),
            timeline,
            stream,
            pulse),
        stream);
  }

  /** An instance that has not read everything yet would show that there is little. */
  @Bean
  HealthIndicator liveHealthIndicator(LiveTimeline timeline) {
    return () -> timeline.isLoaded() ? Health.up().build() : Health.outOfService().build();
  }

  /** The first to stop: the server waits for requests to end, and a stream ends only when told. */
  private static final class Following implements SmartLifecycle {
    private final TimelineReader reader;
    private final LiveStream stream;
    private final Thread thread;

    Following(TimelineReader reader, LiveStream stream) {
      this.reader = reader;
      this.stream = stream;
      this.thread = Thread.ofPlatform().daemon().name("timeline-reader").unstarted(reader);
    }

    @Override
    public void start() {
      thread.start();
    }

    @Override
    public void stop() {
      stream.close();
      reader.stop();
    }

    @Override
    public boolean isRunning() {
      return thread.isAlive();
    }
  }
}
