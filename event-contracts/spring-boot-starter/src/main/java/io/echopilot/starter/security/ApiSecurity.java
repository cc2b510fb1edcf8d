package io.echopilot.starter.security;

import org.springframework.http.HttpMethod;
import org.springframework.security.config.Customizer;
import org.springframework.security.config.web.server.ServerHttpSecurity;
import org.springframework.security.config.web.server.ServerHttpSecurity.AuthorizeExchangeSpec;
import org.springframework.security.config.web.server.ServerHttpSecurity.CsrfSpec;
import org.springframework.security.web.server.SecurityWebFilterChain;
import org.springframework.security.web.server.context.NoOpServerSecurityContextRepository;

/** What a service with a REST API and no pages lets in. */
public final class ApiSecurity {
  private static final String[] ANY_ROLE = {"VIEWER", "OPERATOR", "ADMIN"};

  private ApiSecurity() {}

  /**
   * Health and metrics are open, each user may read under {@code /api/v1}, and nothing else is let
   * in. Stateless: each request carries its credentials, so there is no session to ride on.
   *
   * @param more what is allowed beside that, matched first
   */
  public static SecurityWebFilterChain stateless(
      ServerHttpSecurity http, Customizer<AuthorizeExchangeSpec> more) {
    return http.csrf(CsrfSpec::disable)
        .securityContextRepository(NoOpServerSecurityContextRepository.getInstance())
        .authorizeExchange(exchange -> {
          more.customize(exchange);
          exchange
              .pathMatchers(HttpMethod.GET, "/actuator/health/**", "/actuator/prometheus")
              .permitAll()
              .pathMatchers(HttpMethod.GET, "/api/v1/**")
              .hasAnyRole(ANY_ROLE)
              .anyExchange()
              .denyAll();
        })
        .httpBasic(Customizer.withDefaults())
        .build();
  }
}
