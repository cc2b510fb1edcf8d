package io.echopilot.backup.stream;

import io.echopilot.events.TopicNames;
import io.echopilot.starter.streams.EventStreams;
import java.time.Clock;
import java.util.List;
import java.util.Set;
import org.apache.kafka.streams.StreamsBuilder;

/**
 * Two steps, each keyed by what it decides on: a service's failover asks for backups of its
 * databases, and a source's schedule for those that are due or failed.
 */
final class BackupTopology {
  private BackupTopology() {}

  static void build(StreamsBuilder builder, EventStreams streams, Sources sources, Clock clock) {
    EventStreams.step(
        builder,
        List.of(TopicNames.FAILOVER_EVENTS),
        Set.of(SafetyProcessor.STORE),
        () -> new SafetyProcessor(streams, sources, clock));
    EventStreams.step(
        builder,
        List.of(TopicNames.BACKUP_COMMANDS, TopicNames.BACKUP_EVENTS),
        Set.of(ScheduleProcessor.STORE),
        () -> new ScheduleProcessor(streams, sources, clock));
  }
}
