package io.echopilot.backup;

import static org.assertj.core.api.Assertions.assertThat;

import io.echopilot.backup.BackupProperties.Retry;
import io.echopilot.backup.BackupProperties.Server;
import io.echopilot.backup.BackupProperties.Source;
import io.echopilot.events.ServiceId;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.context.annotation.Configuration;

class BackupPropertiesTest {
  @Configuration(proxyBeanMethods = false)
  @EnableConfigurationProperties(BackupProperties.class)
  static class Settings {}

  private Path password;

  @BeforeEach
  void writePassword(@TempDir Path folder) throws IOException {
    password = Files.writeString(folder.resolve("password"), "secret");
  }

  @Test
  void defaults() {
    with(
            "folder=/backups",
            "work=/work",
            "sources.demo.server.host=db",
            "sources.demo.server.database=demo",
            "sources.demo.server.user=backup",
            "sources.demo.server.password-file=" + password)
        .run(context ->
            assertThat(context.getBean(BackupProperties.class))
                .isEqualTo(
                    new BackupProperties(
                        Path.of("/backups"),
                        Path.of("/work"),
                        null,
                        new Retry(12, Duration.ofMinutes(1), Duration.ofMinutes(15)),
                        null,
                        Map.of(
                            "demo",
                            new Source(
                                new Server("db", 5432, "demo", "backup", password, "prefer"),
                                Set.of(),
                                "0 30 2 * * *",
                                List.of(),
                                2,
                                Duration.ofHours(4),
                                Duration.ofSeconds(30))))));
  }

  @Test
  void fullMapping() {
    with(
            "folder=/backups",
            "work=/work",
            "tools=/tools",
            "retry.attempts=3",
            "retry.first-wait=2s",
            "retry.longest-wait=9s",
            "scratch.host=spare",
            "scratch.port=6543",
            "scratch.database=postgres",
            "scratch.user=verify",
            "scratch.password-file=" + password,
            "scratch.ssl-mode=require",
            "sources.demo.server.host=db",
            "sources.demo.server.database=demo",
            "sources.demo.server.user=backup",
            "sources.demo.server.password-file=" + password,
            "sources.demo.services=shop,blog",
            "sources.demo.cron=0 0 * * * *",
            "sources.demo.queries[0]=select 1, 2",
            "sources.demo.jobs=7",
            "sources.demo.time-limit=10m",
            "sources.demo.lock-wait=1s")
        .run(context ->
            assertThat(context.getBean(BackupProperties.class))
                .isEqualTo(
                    new BackupProperties(
                        Path.of("/backups"),
                        Path.of("/work"),
                        Path.of("/tools"),
                        new Retry(3, Duration.ofSeconds(2), Duration.ofSeconds(9)),
                        new Server("spare", 6543, "postgres", "verify", password, "require"),
                        Map.of(
                            "demo",
                            new Source(
                                new Server("db", 5432, "demo", "backup", password, "prefer"),
                                Set.of(new ServiceId("shop"), new ServiceId("blog")),
                                "0 0 * * * *",
                                List.of("select 1, 2"),
                                7,
                                Duration.ofMinutes(10),
                                Duration.ofSeconds(1))))));
  }

  @Test
  void allProblemsAreToldAtOnce() {
    with(
            "sources.Demo!.server.host= ",
            "sources.Demo!.server.port=70000",
            "sources.Demo!.server.password-file=/nowhere",
            "sources.Demo!.cron=at night",
            "sources.Demo!.jobs=0",
            "retry.attempts=0")
        .run(context ->
            assertThat(context.getStartupFailure())
                .hasStackTraceContaining("echopilot.backup.folder")
                .hasStackTraceContaining("echopilot.backup.work")
                .hasStackTraceContaining("a source's name must be")
                .hasStackTraceContaining("server.host")
                .hasStackTraceContaining("server.port")
                .hasStackTraceContaining("server.database")
                .hasStackTraceContaining("server.user")
                .hasStackTraceContaining("password-file can't be read")
                .hasStackTraceContaining("cron needs second, minute")
                .hasStackTraceContaining("jobs")
                .hasStackTraceContaining("retry.attempts"));
  }

  @Test
  void withoutASourceNothingWouldBeBackedUp() {
    with("folder=/backups", "work=/work")
        .run(context ->
            assertThat(context.getStartupFailure())
                .hasStackTraceContaining("echopilot.backup.sources"));
  }

  private static ApplicationContextRunner with(String... settings) {
    return new ApplicationContextRunner()
        .withUserConfiguration(Settings.class)
        .withPropertyValues(
            Arrays.stream(settings)
                .map(setting -> "echopilot.backup." + setting)
                .toArray(String[]::new));
  }
}
