package io.echopilot.dashboard.timeline;

import io.echopilot.events.TopicNames;
import io.echopilot.starter.streams.EventStreams;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import org.apache.kafka.common.serialization.Serdes;
import org.apache.kafka.streams.StreamsBuilder;
import org.apache.kafka.streams.kstream.Consumed;
import org.apache.kafka.streams.kstream.Produced;

/**
 * What goes onto the timeline: the records of most topics as they are, and probe results as
 * summaries.
 */
final class TimelineTopology {
  /** Left out are single results, what is read at edges every few seconds, and heartbeats. */
  static final List<String> MERGED =
      List.of(
          TopicNames.SERVICES,
          TopicNames.LOCATION_EVENTS,
          TopicNames.SLO_BREACHES,
          TopicNames.ANOMALIES,
          TopicNames.FAILOVER_EVENTS,
          TopicNames.FAILOVER_STATE,
          TopicNames.INCIDENTS,
          TopicNames.ALERT_DELIVERIES,
          TopicNames.BACKUP_COMMANDS,
          TopicNames.BACKUP_EVENTS);

  private TimelineTopology() {}

  static void build(StreamsBuilder builder, EventStreams streams, Duration span, Clock clock) {
    // Bytes, so that nothing is lost that a later version of an event holds.
    builder.stream(MERGED, Consumed.with(Serdes.ByteArray(), Serdes.ByteArray()))
        .filter((_, value) -> value != null)
        .processValues(OriginStamp::new)
        .to(TopicNames.TIMELINE, Produced.with(Serdes.ByteArray(), Serdes.ByteArray()));
    EventStreams.step(
        builder,
        List.of(TopicNames.PROBE_RESULTS),
        Set.of(SpanProcessor.STORE),
        () -> new SpanProcessor(streams, span, clock));
  }
}
