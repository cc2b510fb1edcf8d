package io.echopilot.starter;

import java.time.Duration;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * What a service may set beside {@code spring.kafka.bootstrap-servers}.
 *
 * @param instance name of this process; made from application, host and process id when not given
 */
@ConfigurationProperties("echopilot")
public record EchoPilotProperties(
    @Nullable String instance,
    @DefaultValue TopicSettings topics,
    @DefaultValue Publisher publisher,
    @DefaultValue Heartbeat heartbeat) {

  /**
   * How the topics are made and checked when the service starts.
   *
   * @param create whether to create those that are missing; off by default, for a service that only
   *     listens needs no such right
   * @param partitions of every service-keyed topic, 1 to 10,000
   * @param replicas of each partition; -1 takes the broker's default
   */
  public record TopicSettings(
      @DefaultValue("false") boolean create,
      @DefaultValue("12") int partitions,
      @DefaultValue("-1") short replicas) {
    public TopicSettings {
      if (partitions < 1 || partitions > 10_000) {
        throw new IllegalArgumentException(
            "echopilot.topics.partitions must be 1 to 10000, but is " + partitions);
      }
    }
  }

  /**
   * Back-pressure of the publisher.
   *
   * @param maxInFlight events sent and not yet acknowledged; one more is refused, not queued
   */
  public record Publisher(@DefaultValue("10000") int maxInFlight) {
    public Publisher {
      if (maxInFlight < 1) {
        throw new IllegalArgumentException(
            "echopilot.publisher.max-in-flight must be at least 1, but is " + maxInFlight);
      }
    }
  }

  /** Signs of life on {@code echopilot.heartbeats}; off by default. */
  public record Heartbeat(
      @DefaultValue("false") boolean enabled, @DefaultValue("3s") Duration interval) {
    public Heartbeat {
      if (interval.isNegative() || interval.isZero()) {
        throw new IllegalArgumentException(
            "echopilot.heartbeat.interval must be positive, but is " + interval);
      }
    }
  }
}
