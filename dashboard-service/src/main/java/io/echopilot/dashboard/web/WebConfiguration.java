package io.echopilot.dashboard.web;

import io.echopilot.starter.security.EnableLocalUsers;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.io.Resource;
import org.springframework.http.HttpMethod;
import org.springframework.http.HttpStatus;
import org.springframework.security.config.Customizer;
import org.springframework.security.config.web.server.ServerHttpSecurity;
import org.springframework.security.web.server.DelegatingServerAuthenticationEntryPoint;
import org.springframework.security.web.server.SecurityWebFilterChain;
import org.springframework.security.web.server.ServerAuthenticationEntryPoint;
import org.springframework.security.web.server.authentication.HttpStatusServerEntryPoint;
import org.springframework.security.web.server.authentication.RedirectServerAuthenticationEntryPoint;
import org.springframework.security.web.server.util.matcher.PathPatternParserServerWebExchangeMatcher;

@Configuration(proxyBeanMethods = false)
@EnableLocalUsers
class WebConfiguration {
  /** Nothing from elsewhere runs in the page, and nothing of it is told elsewhere. */
  private static final String CONTENT_POLICY =
      "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self'; connect-src 'self';"
          + " form-action 'self'; base-uri 'none'; frame-ancestors 'none'";

  @Bean
  LoginPage loginPage(@Value("classpath:login.html") Resource file) throws IOException {
    return new LoginPage(file.getContentAsString(StandardCharsets.UTF_8));
  }

  @Bean
  SecurityWebFilterChain security(ServerHttpSecurity http) {
    return http.authorizeExchange(exchange ->
            exchange
                .pathMatchers(HttpMethod.GET, "/actuator/health/**", "/actuator/prometheus")
                .permitAll()
                .pathMatchers("/login", "/login.js", "/style.css", "/icon.svg")
                .permitAll()
                .pathMatchers("/actuator/**")
                .denyAll()
                .anyExchange()
                .hasAnyRole("VIEWER", "OPERATOR", "ADMIN"))
        .formLogin(login -> login.loginPage("/login"))
        .httpBasic(Customizer.withDefaults())
        .exceptionHandling(handling -> handling.authenticationEntryPoint(askWhoItIs()))
        .headers(headers ->
            headers.contentSecurityPolicy(policy -> policy.policyDirectives(CONTENT_POLICY)))
        .build();
  }

  /** A person is sent to the login; a program is told, so that the page can say so itself. */
  private static ServerAuthenticationEntryPoint askWhoItIs() {
    var entry =
        new DelegatingServerAuthenticationEntryPoint(
            new DelegatingServerAuthenticationEntryPoint.DelegateEntry(
                new PathPatternParserServerWebExchangeMatcher("/api/**"),
                new HttpStatusServerEntryPoint(HttpStatus.UNAUTHORIZED)));
    entry.setDefaultEntryPoint(new RedirectServerAuthenticationEntryPoint("/login"));
    return entry;
  }
}
