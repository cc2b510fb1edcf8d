package io.echopilot.starter;

import static org.assertj.core.api.Assertions.assertThat;

import io.echopilot.starter.EchoPilotProperties.Heartbeat;
import io.echopilot.starter.EchoPilotProperties.Publisher;
import io.echopilot.starter.EchoPilotProperties.TopicSettings;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.context.annotation.Configuration;

class EchoPilotPropertiesTest {
  @Configuration(proxyBeanMethods = false)
  @EnableConfigurationProperties(EchoPilotProperties.class)
  static class Settings {}

  private final ApplicationContextRunner runner =
      new ApplicationContextRunner().withUserConfiguration(Settings.class);

  @Test
  void defaultsSuitAServiceThatOnlyListens() {
    runner.run(context ->
        assertThat(context.getBean(EchoPilotProperties.class))
            .isEqualTo(
                new EchoPilotProperties(
                    null,
                    new TopicSettings(false, 12, (short) -1),
                    new Publisher(10_000),
                    new Heartbeat(false, Duration.ofSeconds(3)))));
  }

  @Test
  void everySettingCanBeGiven() {
    runner
        .withPropertyValues(
            "echopilot.instance=alerts-1",
            "echopilot.topics.create=true",
            "echopilot.topics.partitions=24",
            "echopilot.topics.replicas=3",
            "echopilot.publisher.max-in-flight=5",
            "echopilot.heartbeat.enabled=true",
            "echopilot.heartbeat.interval=4s")
        .run(context ->
            assertThat(context.getBean(EchoPilotProperties.class))
                .isEqualTo(
                    new EchoPilotProperties(
                        "alerts-1",
                        new TopicSettings(true, 24, (short) 3),
                        new Publisher(5),
                        new Heartbeat(true, Duration.ofSeconds(4)))));
  }

  @ParameterizedTest
  @CsvSource({
    "topics.partitions, 0, must be 1 to 10000",
    "topics.partitions, 10001, must be 1 to 10000",
    "publisher.max-in-flight, 0, must be at least 1",
    "heartbeat.interval, 0s, must be positive"
  })
  void aBadValueIsRefusedByName(String name, String value, String reason) {
    runner
        .withPropertyValues("echopilot." + name + "=" + value)
        .run(context ->
            assertThat(context.getStartupFailure())
                .hasRootCauseMessage(
                    "echopilot.%s %s, but is %s"
                        .formatted(name, reason, value.equals("0s") ? "PT0S" : value)));
  }
}
