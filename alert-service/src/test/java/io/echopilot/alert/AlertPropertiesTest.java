package io.echopilot.alert;

import static org.assertj.core.api.Assertions.assertThat;

import io.echopilot.events.IncidentLevel;
import io.r2dbc.postgresql.client.SSLMode;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.context.annotation.Configuration;

class AlertPropertiesTest {
  @Configuration(proxyBeanMethods = false)
  @EnableConfigurationProperties(AlertProperties.class)
  static class Settings {}

  private Path token;

  @BeforeEach
  void writeToken(@TempDir Path folder) throws IOException {
    token = Files.writeString(folder.resolve("token"), "a token of sixteen bytes or more");
  }

  @Test
  void defaults() {
    with(
            "slack.channel=C1",
            "slack.token-file=" + token,
            "telegram.chat=-100",
            "telegram.token-file=" + token)
        .run(context ->
            assertThat(context.getBean(AlertProperties.class))
                .isEqualTo(
                    new AlertProperties(
                        new AlertProperties.Slack(
                            token,
                            "C1",
                            IncidentLevel.DEGRADED,
                            URI.create("https://slack.com/api/"),
                            Duration.ofSeconds(10)),
                        new AlertProperties.Telegram(
                            token,
                            "-100",
                            IncidentLevel.PARTIAL_OUTAGE,
                            URI.create("https://api.telegram.org"),
                            Duration.ofSeconds(10)),
                        null,
                        null)));
  }

  @Test
  void fullMapping() {
    with(
            "slack.channel=C1",
            "slack.token-file=" + token,
            "slack.from=total-outage",
            "slack.url=http://localhost:1/slack/",
            "slack.timeout=3s",
            "dashboard=https://dr.example.com/echopilot",
            "history.host=db.example.com",
            "history.port=6432",
            "history.database=dr",
            "history.user=alert",
            "history.password-file=" + token,
            "history.ssl-mode=verify-full")
        .run(context ->
            assertThat(context.getBean(AlertProperties.class))
                .isEqualTo(
                    new AlertProperties(
                        new AlertProperties.Slack(
                            token,
                            "C1",
                            IncidentLevel.TOTAL_OUTAGE,
                            URI.create("http://localhost:1/slack/"),
                            Duration.ofSeconds(3)),
                        null,
                        URI.create("https://dr.example.com/echopilot"),
                        new AlertProperties.History(
                            "db.example.com", 6432, "dr", "alert", token, SSLMode.VERIFY_FULL))));
  }

  @Test
  void aHistoryNeedsAHostAndAPassword() {
    with(
            "slack.channel=C1",
            "slack.token-file=" + token,
            "history.host=localhost",
            "history.password-file=" + token)
        .run(context ->
            assertThat(context.getBean(AlertProperties.class).history())
                .isEqualTo(
                    new AlertProperties.History(
                        "localhost", 5432, "echopilot", "echopilot", token, SSLMode.PREFER)));
  }

  @Test
  void withoutAChannelNobodyWouldBeTold() {
    with()
        .run(context ->
            assertThat(context.getStartupFailure())
                .hasStackTraceContaining("nobody would be told"));
  }

  @Test
  void allProblemsAreToldAtOnce() {
    with(
            "slack.token-file=/nowhere",
            "telegram.chat= ",
            "telegram.timeout=0s",
            "dashboard=ftp://dr.example.com",
            "history.port=0",
            "history.user= ")
        .run(context ->
            assertThat(context.getStartupFailure())
                .hasStackTraceContaining("echopilot.alert.slack.channel")
                .hasStackTraceContaining("needs a secret of at least 16 bytes in /nowhere")
                .hasStackTraceContaining("echopilot.alert.telegram.chat")
                .hasStackTraceContaining("echopilot.alert.telegram.tokenFile")
                .hasStackTraceContaining("echopilot.alert.telegram.timeout")
                .hasStackTraceContaining("dashboard must be an http or https address")
                .hasStackTraceContaining("echopilot.alert.history.host")
                .hasStackTraceContaining("echopilot.alert.history.port")
                .hasStackTraceContaining("echopilot.alert.history.user")
                .hasStackTraceContaining("echopilot.alert.history.passwordFile"));
  }

  private static ApplicationContextRunner with(String... settings) {
    String[] values = new String[settings.length];
    for (int i = 0; i < settings.length; i++) {
      values[i] = "echopilot.alert." + settings[i];
    }
    return new ApplicationContextRunner()
        .withUserConfiguration(Settings.class)
        .withPropertyValues(values);
  }
}
