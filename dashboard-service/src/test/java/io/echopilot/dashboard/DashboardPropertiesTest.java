package io.echopilot.dashboard;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.context.annotation.Configuration;

class DashboardPropertiesTest {
  @Configuration(proxyBeanMethods = false)
  @EnableConfigurationProperties(DashboardProperties.class)
  static class Settings {}

  private final ApplicationContextRunner runner =
      new ApplicationContextRunner().withUserConfiguration(Settings.class);

  @Test
  void defaults() {
    runner.run(context ->
        assertThat(context.getBean(DashboardProperties.class))
            .isEqualTo(
                new DashboardProperties(
                    Duration.ofMinutes(1),
                    10_000,
                    Set.of("prober-service", "failover-service", "alert-service", "backup-service"),
                    Duration.ofSeconds(9))));
  }

  @Test
  void fullMapping() {
    runner
        .withPropertyValues(
            "echopilot.dashboard.span=5s",
            "echopilot.dashboard.kept=500",
            "echopilot.dashboard.expects=failover-service",
            "echopilot.dashboard.patience=30s")
        .run(context ->
            assertThat(context.getBean(DashboardProperties.class))
                .isEqualTo(
                    new DashboardProperties(
                        Duration.ofSeconds(5),
                        500,
                        Set.of("failover-service"),
                        Duration.ofSeconds(30))));
  }

  @Test
  void allProblemsAreToldAtOnce() {
    runner
        .withPropertyValues("echopilot.dashboard.span=10ms", "echopilot.dashboard.kept=1")
        .run(context ->
            assertThat(context.getStartupFailure())
                .hasStackTraceContaining("echopilot.dashboard.span")
                .hasStackTraceContaining("echopilot.dashboard.kept"));
  }
}
