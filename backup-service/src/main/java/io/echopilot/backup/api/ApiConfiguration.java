package io.echopilot.backup.api;

import io.echopilot.backup.BackupProperties;
import io.echopilot.events.BackupEvent;
import io.echopilot.events.SourceId;
import io.echopilot.events.Topics;
import io.echopilot.starter.CompactedTopicReader;
import io.echopilot.starter.CompactedTopicReaders;
import io.echopilot.starter.security.ApiSecurity;
import io.echopilot.starter.security.EnableLocalUsers;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import java.time.Clock;
import java.util.Set;
import java.util.stream.Collectors;
import org.springframework.boot.health.contributor.Health;
import org.springframework.boot.health.contributor.HealthIndicator;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.http.HttpMethod;
import org.springframework.security.config.web.server.ServerHttpSecurity;
import org.springframework.security.web.server.SecurityWebFilterChain;

@Configuration(proxyBeanMethods = false)
@EnableLocalUsers
class ApiConfiguration {
  @Bean
  BackupBoard backupBoard(BackupProperties properties, MeterRegistry meters, Clock clock) {
    Set<SourceId> configured = configured(properties);
    BackupBoard board = new BackupBoard(configured);
    for (SourceId source : configured) {
      Gauge.builder(
              "echopilot.backup.verified.age",
              board,
              known -> known.secondsSinceVerified(source, clock.instant()))
          .baseUnit("seconds")
          .tag("source", source.value())
          .description("Since the newest proved backup; NaN when there is none")
          .register(meters);
    }
    return board;
  }

  private static Set<SourceId> configured(BackupProperties properties) {
    return properties.sources().keySet().stream().map(SourceId::new).collect(Collectors.toSet());
  }

  @Bean
  CompactedTopicReader<BackupEvent> backupBoardReader(
      CompactedTopicReaders readers, BackupBoard board) {
    return readers.whole(Topics.BACKUP_EVENTS, board);
  }

  /** An instance that has not read the events yet would answer that there are none. */
  @Bean
  HealthIndicator boardHealthIndicator(CompactedTopicReader<BackupEvent> backupBoardReader) {
    return () -> backupBoardReader.caughtUp() ? Health.up().build() : Health.outOfService().build();
  }

  @Bean
  SecurityWebFilterChain security(ServerHttpSecurity http) {
    return ApiSecurity.stateless(
        http,
        exchange ->
            exchange
                .pathMatchers(HttpMethod.POST, "/api/v1/sources/*/backups")
                .hasAnyRole("OPERATOR", "ADMIN"));
  }
}
