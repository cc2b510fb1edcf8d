package io.echopilot.failover.api;

import io.echopilot.events.FailoverStateEvent;
import io.echopilot.events.Topics;
import io.echopilot.starter.CompactedTopicReader;
import io.echopilot.starter.CompactedTopicReaders;
import java.io.IOException;
import java.io.Reader;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Properties;
import org.springframework.boot.health.contributor.Health;
import org.springframework.boot.health.contributor.HealthIndicator;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.http.HttpMethod;
import org.springframework.security.config.Customizer;
import org.springframework.security.config.annotation.web.reactive.EnableWebFluxSecurity;
import org.springframework.security.config.web.server.ServerHttpSecurity;
import org.springframework.security.config.web.server.ServerHttpSecurity.CsrfSpec;
import org.springframework.security.core.userdetails.MapReactiveUserDetailsService;
import org.springframework.security.core.userdetails.ReactiveUserDetailsService;
import org.springframework.security.core.userdetails.User;
import org.springframework.security.core.userdetails.UserDetails;
import org.springframework.security.web.server.SecurityWebFilterChain;
import org.springframework.security.web.server.context.NoOpServerSecurityContextRepository;

@Configuration(proxyBeanMethods = false)
@EnableWebFluxSecurity
class ApiConfiguration {
  private static final List<String> USERS = List.of("viewer", "operator", "admin");

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

  /**
   * Not a {@link MapReactiveUserDetailsService} itself: that would take each password for bcrypt at
   * its first use, and every further request would pay a tenth of a second for it.
   */
  @Bean
  ReactiveUserDetailsService users(SecurityProperties properties) {
    Properties credentials = new Properties();
    try (Reader file = Files.newBufferedReader(properties.credentialsFile())) {
      credentials.load(file);
    } catch (NoSuchFileException e) {
      throw new IllegalStateException(
          "%s is not there: create it, or set echopilot.security.credentials-file"
              .formatted(properties.credentialsFile()),
          e);
    } catch (IOException e) {
      throw new UncheckedIOException(
          "echopilot.security.credentials-file can't be read: " + properties.credentialsFile(), e);
    }
    List<UserDetails> users =
        USERS.stream()
            .filter(credentials::containsKey)
            .map(name -> user(properties.credentialsFile(), name, credentials.getProperty(name)))
            .toList();
    if (users.isEmpty()) {
      throw new IllegalStateException(
          "%s names none of %s: write a line such as viewer=PASSWORD"
              .formatted(properties.credentialsFile(), String.join(", ", USERS)));
    }
    MapReactiveUserDetailsService all = new MapReactiveUserDetailsService(users);
    return name -> all.findByUsername(name);
  }

  private static UserDetails user(Path file, String name, String password) {
    if (password.isBlank()) {
      throw new IllegalStateException(
          "%s gives %s an empty password: set one, or remove the line".formatted(file, name));
    }
    return User.withUsername(name)
        .password(password.startsWith("{") ? password : "{noop}" + password)
        .roles(name.toUpperCase(Locale.ROOT))
        .build();
  }

  /** Stateless: each request carries its credentials, so there is no session to ride on. */
  @Bean
  SecurityWebFilterChain security(ServerHttpSecurity http) {
    return http.csrf(CsrfSpec::disable)
        .securityContextRepository(NoOpServerSecurityContextRepository.getInstance())
        .authorizeExchange(exchange ->
            exchange
                .pathMatchers(HttpMethod.GET, "/actuator/health/**", "/actuator/prometheus")
                .permitAll()
                .pathMatchers(HttpMethod.GET, "/api/v1/**")
                .hasAnyRole("VIEWER", "OPERATOR", "ADMIN")
                .anyExchange()
                .denyAll())
        .httpBasic(Customizer.withDefaults())
        .build();
  }
}
