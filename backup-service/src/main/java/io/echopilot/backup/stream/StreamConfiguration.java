package io.echopilot.backup.stream;

import io.echopilot.backup.BackupProperties;
import io.echopilot.backup.plan.Schedule;
import io.echopilot.events.ServiceId;
import io.echopilot.events.SourceId;
import io.echopilot.starter.streams.EnableEventStreams;
import io.echopilot.starter.streams.EventStreams;
import java.time.Clock;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import org.apache.kafka.streams.StreamsBuilder;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

@Configuration(proxyBeanMethods = false)
@EnableEventStreams
class StreamConfiguration {
  @Bean
  Sources sources(BackupProperties properties) {
    Map<SourceId, Schedule> schedules = new HashMap<>();
    Map<SourceId, Set<ServiceId>> services = new HashMap<>();
    properties
        .sources()
        .forEach((name, source) -> {
          SourceId id = new SourceId(name);
          schedules.put(id, schedule(source.cron(), properties.retry()));
          services.put(id, source.services());
        });
    return new Sources(schedules, services);
  }

  private static Schedule schedule(String cron, BackupProperties.Retry retry) {
    return new Schedule(
        cron, new CronTimetable(cron), retry.attempts(), retry.firstWait(), retry.longestWait());
  }

  @Bean
  BackupTopologyMarker topology(
      StreamsBuilder builder, EventStreams streams, Sources sources, Clock clock) {
    BackupTopology.build(builder, streams, sources, clock);
    return new BackupTopologyMarker();
  }

  /** Says that the topology stands, so that Streams may start. */
  record BackupTopologyMarker() {}
}
