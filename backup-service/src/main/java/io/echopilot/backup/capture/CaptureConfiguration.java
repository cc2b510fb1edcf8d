package io.echopilot.backup.capture;

import io.echopilot.backup.BackupProperties;
import io.echopilot.backup.BackupProperties.Server;
import io.echopilot.backup.BackupProperties.Source;
import io.echopilot.backup.postgres.Database;
import io.echopilot.backup.storage.BackupFolder;
import io.echopilot.events.SourceId;
import io.echopilot.starter.EventPublisher;
import io.micrometer.core.instrument.MeterRegistry;
import java.time.Clock;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

@Configuration(proxyBeanMethods = false)
class CaptureConfiguration {
  @Bean
  Worker worker(
      BackupProperties properties, EventPublisher publisher, MeterRegistry meters, Clock clock) {
    Map<SourceId, SourceSettings> sources = new HashMap<>();
    properties
        .sources()
        .forEach((name, source) ->
            sources.put(new SourceId(name), settings(source, properties.scratch())));
    return new Worker(
        sources,
        new BackupFolder(properties.folder()),
        properties.work(),
        properties.tools(),
        new Reporter(publisher, meters),
        clock);
  }

  private static SourceSettings settings(Source source, @Nullable Server scratch) {
    return new SourceSettings(
        Database.of(source.server()),
        Database.of(scratch == null ? source.server() : scratch),
        source.queries(),
        source.jobs(),
        source.timeLimit(),
        source.lockWait());
  }
}
