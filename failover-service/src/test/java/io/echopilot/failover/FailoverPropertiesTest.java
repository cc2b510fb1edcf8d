package io.echopilot.failover;

import static org.assertj.core.api.Assertions.assertThat;

import io.echopilot.failover.FailoverProperties.Endpoint;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.context.annotation.Configuration;

class FailoverPropertiesTest {
  private Path key;
  private Path oldKey;

  @BeforeEach
  void keys(@TempDir Path folder) throws Exception {
    key = Files.writeString(folder.resolve("k1"), "a secret of sixteen bytes or more");
    oldKey = Files.writeString(folder.resolve("k0"), "an older one of sixteen bytes");
  }

  @Configuration(proxyBeanMethods = false)
  @EnableConfigurationProperties(FailoverProperties.class)
  static class Enabled {}

  @Test
  void defaults() {
    with("services=services.yaml")
        .run(context ->
            assertThat(context.getBean(FailoverProperties.class))
                .isEqualTo(
                    new FailoverProperties(
                        Path.of("services.yaml"),
                        Duration.ofSeconds(1),
                        Duration.ofSeconds(10),
                        Map.of())));
  }

  @Test
  void anEndpointsDefaults() {
    with(
            "services=services.yaml",
            "endpoints.edge.url=https://edge.example.com",
            "endpoints.edge.key-id=k1",
            "endpoints.edge.key-file=" + key)
        .run(context ->
            assertThat(context.getBean(FailoverProperties.class).endpoints())
                .isEqualTo(
                    Map.of(
                        "edge",
                        new Endpoint(
                            URI.create("https://edge.example.com"),
                            "k1",
                            key,
                            null,
                            null,
                            Duration.ofSeconds(2)))));
  }

  @Test
  void fullMapping() {
    with(
            "services=/etc/echopilot/services",
            "watch=3s",
            "read-back=20s",
            "endpoints.edge.url=http://edge.example.com/api",
            "endpoints.edge.key-id=k1",
            "endpoints.edge.key-file=" + key,
            "endpoints.edge.old-key-id=k0",
            "endpoints.edge.old-key-file=" + oldKey,
            "endpoints.edge.timeout=700ms")
        .run(context ->
            assertThat(context.getBean(FailoverProperties.class))
                .isEqualTo(
                    new FailoverProperties(
                        Path.of("/etc/echopilot/services"),
                        Duration.ofSeconds(3),
                        Duration.ofSeconds(20),
                        Map.of(
                            "edge",
                            new Endpoint(
                                URI.create("http://edge.example.com/api"),
                                "k1",
                                key,
                                "k0",
                                oldKey,
                                Duration.ofMillis(700))))));
  }

  @Test
  void allProblemsAreToldAtOnce() {
    assertThat(
            failure(
                "watch=0s",
                "read-back=1ms",
                "endpoints.edge.key-id=a b",
                "endpoints.edge.timeout=0ms",
                "endpoints.other.url=ftp://edge.example.com",
                "endpoints.third.url=edge.example.com",
                "endpoints.other.key-id=k1",
                "endpoints.other.key-file=/nowhere/k1",
                "endpoints.other.old-key-id=k0"))
        .contains("echopilot.failover.services")
        .contains("echopilot.failover.watch")
        .contains("echopilot.failover.readBack")
        .contains("echopilot.failover.endpoints[edge].url")
        .contains("echopilot.failover.endpoints[third].urlUsable")
        .contains("echopilot.failover.endpoints[edge].keyId")
        .contains("echopilot.failover.endpoints[edge].keyFile")
        .contains("echopilot.failover.endpoints[edge].timeout")
        .contains("must be http or https with a host, without query or fragment")
        .contains("old-key-id and old-key-file are given together or not at all")
        .contains("/nowhere/k1");
  }

  @Test
  void aShortKeyIsRefusedWithoutShowingIt() throws Exception {
    Files.writeString(key, "short");

    assertThat(
            failure(
                "services=services.yaml",
                "endpoints.edge.url=http://edge.example.com",
                "endpoints.edge.key-id=k1",
                "endpoints.edge.key-file=" + key))
        .contains("needs a secret of at least 16 bytes in " + key)
        .doesNotContain("short\n");
  }

  @Test
  void aValueThatIsNoDurationIsToldWithItsName() {
    assertThat(failure("services=services.yaml", "watch=often"))
        .contains("echopilot.failover.watch")
        .contains("often");
  }

  private static ApplicationContextRunner with(String... values) {
    ApplicationContextRunner runner =
        new ApplicationContextRunner().withUserConfiguration(Enabled.class);
    for (String value : values) {
      runner = runner.withPropertyValues("echopilot.failover." + value);
    }
    return runner;
  }

  /** What a person reads when the start fails. */
  private static String failure(String... values) {
    StringBuilder text = new StringBuilder();
    with(values)
        .run(context -> {
          for (Throwable cause = Objects.requireNonNull(context.getStartupFailure());
              cause != null;
              cause = cause.getCause()) {
            text.append(cause.getMessage()).append('\n');
          }
        });
    return text.toString();
  }
}
