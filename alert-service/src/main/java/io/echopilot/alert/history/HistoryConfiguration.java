package io.echopilot.alert.history;

import static java.util.Objects.requireNonNull;

import io.echopilot.alert.AlertProperties;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.TimeGauge;
import java.time.Clock;
import java.util.concurrent.TimeUnit;
import org.springframework.boot.autoconfigure.condition.ConditionalOnProperty;
import org.springframework.boot.health.contributor.Health;
import org.springframework.boot.health.contributor.HealthIndicator;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.kafka.core.ConsumerFactory;

/** There is a history where a database is configured for it. */
@Configuration(proxyBeanMethods = false)
@ConditionalOnProperty(HistoryConfiguration.SWITCH)
class HistoryConfiguration {
  static final String SWITCH = "echopilot.alert.history.host";

  /** Not among those that make a whole unhealthy: nobody needs to be told less for it. */
  private static final String WAITING = "WAITING";

  @Bean
  HistoryDatabase historyDatabase(AlertProperties properties) {
    return new HistoryDatabase(requireNonNull(properties.history()));
  }

  @Bean
  HistoryWriter historyWriter(HistoryDatabase database) {
    return new HistoryWriter(database);
  }

  @Bean
  HistoryReader historyReader(HistoryDatabase database) {
    return new HistoryReader(database);
  }

  @Bean
  HistoryRebuild historyRebuild(
      ConsumerFactory<String, byte[]> echoPilotConsumerFactory, HistoryWriter writer) {
    return new HistoryRebuild(echoPilotConsumerFactory, writer);
  }

  @Bean
  Backlog historyBacklog(MeterRegistry meters, Clock clock) {
    Backlog backlog = new Backlog();
    TimeGauge.builder(
            "echopilot.alert.history.behind",
            backlog,
            TimeUnit.MILLISECONDS,
            waiting -> waiting.age(clock.instant()).toMillis())
        .description("Age of the oldest event that is not in the history yet")
        .register(meters);
    return backlog;
  }

  @Bean
  HistoryListener historyListener(HistoryWriter writer, Backlog backlog) {
    return new HistoryListener(writer, backlog);
  }

  @Bean
  HealthIndicator historyHealthIndicator(Backlog backlog, Clock clock) {
    return () ->
        (backlog.isWaiting() ? Health.status(WAITING) : Health.up())
            .withDetail("behind", backlog.age(clock.instant()).toString())
            .build();
  }
}
