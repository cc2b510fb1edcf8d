package io.echopilot.failover.api;

import io.echopilot.events.FailoverStateEvent;
import io.echopilot.events.Topics;
import io.echopilot.starter.CompactedTopicReader;
import io.echopilot.starter.CompactedTopicReaders;
import io.echopilot.starter.security.ApiSecurity;
import io.echopilot.starter.security.EnableLocalUsers;
import org.springframework.boot.health.contributor.Health;
import org.springframework.boot.health.contributor.HealthIndicator;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.security.config.Customizer;
import org.springframework.security.config.web.server.ServerHttpSecurity;
import org.springframework.security.web.server.SecurityWebFilterChain;

@Configuration(proxyBeanMethods = false)
@EnableLocalUsers
class ApiConfiguration {
  @Bean
  StatusBoard statusBoard() {
    return new StatusBoard();
  }

  @Bean
  CompactedTopicReader<FailoverStateEvent> statusBoardReader(
      CompactedTopicReaders readers, StatusBoard statusBoard) {
    return readers.whole(Topics.FAILOVER_STATE, statusBoard);
  }

  /** An instance that has not read the states yet would answer that there are none. */
  @Bean
  HealthIndicator boardHealthIndicator(CompactedTopicReader<FailoverStateEvent> statusBoardReader) {
    return () -> statusBoardReader.caughtUp() ? Health.up().build() : Health.outOfService().build();
  }

  @Bean
  SecurityWebFilterChain security(ServerHttpSecurity http) {
    return ApiSecurity.stateless(http, Customizer.withDefaults());
  }
}
