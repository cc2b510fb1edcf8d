package io.echopilot.starter.streams;

import java.util.Objects;
import org.apache.kafka.streams.KafkaStreams;
import org.springframework.boot.health.contributor.Health;
import org.springframework.boot.health.contributor.HealthIndicator;
import org.springframework.kafka.config.StreamsBuilderFactoryBean;

/** Ready once Streams runs; a later rebalance does not make the instance unready. */
final class StreamsReadiness implements HealthIndicator {
  private final StreamsBuilderFactoryBean factory;
  private volatile boolean ran;

  StreamsReadiness(StreamsBuilderFactoryBean factory) {
    this.factory = factory;
  }

  @Override
  public Health health() {
    KafkaStreams streams = factory.getKafkaStreams();
    KafkaStreams.State state = streams == null ? KafkaStreams.State.CREATED : streams.state();
    Health.Builder health =
        switch (Objects.requireNonNull(state)) {
          case RUNNING -> {
            ran = true;
            yield Health.up();
          }
          case CREATED, REBALANCING -> ran ? Health.up() : Health.outOfService();
          case PENDING_SHUTDOWN, NOT_RUNNING, PENDING_ERROR, ERROR -> Health.down();
        };
    return health.withDetail("streams", state).build();
  }
}
