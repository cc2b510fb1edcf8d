package io.echopilot.alert.history;

import io.echopilot.starter.security.ApiSecurity;
import io.echopilot.starter.security.EnableLocalUsers;
import org.springframework.boot.autoconfigure.condition.ConditionalOnProperty;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.http.HttpMethod;
import org.springframework.security.config.Customizer;
import org.springframework.security.config.annotation.web.reactive.EnableWebFluxSecurity;
import org.springframework.security.config.web.server.ServerHttpSecurity;
import org.springframework.security.core.userdetails.ReactiveUserDetailsService;
import org.springframework.security.web.server.SecurityWebFilterChain;
import reactor.core.publisher.Mono;

/** Who may ask. Without a history there is nothing to ask for, and nobody is let in. */
@Configuration(proxyBeanMethods = false)
class AccessConfiguration {
  @Configuration(proxyBeanMethods = false)
  @ConditionalOnProperty(HistoryConfiguration.SWITCH)
  @EnableLocalUsers
  static class WithHistory {
    @Bean
    SecurityWebFilterChain security(ServerHttpSecurity http) {
      return ApiSecurity.stateless(
          http,
          exchange ->
              exchange.pathMatchers(HttpMethod.POST, "/api/v1/history/rebuild").hasRole("ADMIN"));
    }
  }

  @Configuration(proxyBeanMethods = false)
  @ConditionalOnProperty(
      name = HistoryConfiguration.SWITCH,
      matchIfMissing = true,
      havingValue = "\0")
  @EnableWebFluxSecurity
  static class WithoutHistory {
    @Bean
    ReactiveUserDetailsService nobody() {
      return _ -> Mono.empty();
    }

    @Bean
    SecurityWebFilterChain security(ServerHttpSecurity http) {
      return ApiSecurity.stateless(http, Customizer.withDefaults());
    }
  }
}
