package io.echopilot.starter.streams;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.context.annotation.Configuration;

class StreamsPropertiesTest {
  @Configuration(proxyBeanMethods = false)
  @EnableConfigurationProperties(StreamsProperties.class)
  static class Settings {}

  private final ApplicationContextRunner runner =
      new ApplicationContextRunner().withUserConfiguration(Settings.class);

  @Test
  void defaults() {
    runner.run(context ->
        assertThat(context.getBean(StreamsProperties.class))
            .isEqualTo(
                new StreamsProperties(
                    System.getProperty("java.io.tmpdir") + "/echopilot-streams",
                    4,
                    1,
                    Duration.ofSeconds(6),
                    Duration.ofSeconds(10))));
  }

  @Test
  void fullMapping() {
    runner
        .withPropertyValues(
            "echopilot.streams.state-dir=/var/lib/echopilot",
            "echopilot.streams.threads=3",
            "echopilot.streams.standbys=2",
            "echopilot.streams.session-timeout=9s",
            "echopilot.streams.transaction-timeout=15s")
        .run(context ->
            assertThat(context.getBean(StreamsProperties.class))
                .isEqualTo(
                    new StreamsProperties(
                        "/var/lib/echopilot",
                        3,
                        2,
                        Duration.ofSeconds(9),
                        Duration.ofSeconds(15))));
  }

  @Test
  void allProblemsAreToldAtOnce() {
    runner
        .withPropertyValues(
            "echopilot.streams.threads=0",
            "echopilot.streams.standbys=9",
            "echopilot.streams.session-timeout=1ms",
            "echopilot.streams.transaction-timeout=1ms")
        .run(context ->
            assertThat(context.getStartupFailure())
                .rootCause()
                .message()
                .contains("echopilot.streams.threads")
                .contains("echopilot.streams.standbys")
                .contains("echopilot.streams.sessionTimeout")
                .contains("echopilot.streams.transactionTimeout"));
  }
}
