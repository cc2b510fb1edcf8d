package io.echopilot.alert.stream;

import io.echopilot.alert.delivery.Routing;
import io.echopilot.events.TopicNames;
import io.echopilot.starter.streams.EventStreams;
import java.time.Clock;
import java.util.List;
import java.util.Set;
import org.apache.kafka.streams.StreamsBuilder;

/**
 * Steps, each keyed by what it decides on: what was decided of a service, and how a location fares,
 * become incidents, and an incident becomes requests to channels.
 */
final class AlertTopology {
  private AlertTopology() {}

  static void build(StreamsBuilder builder, EventStreams streams, Routing routing, Clock clock) {
    EventStreams.step(
        builder,
        List.of(
            TopicNames.FAILOVER_EVENTS,
            TopicNames.SLO_BREACHES,
            TopicNames.ANOMALIES,
            TopicNames.SERVICES),
        Set.of(IncidentProcessor.STORE),
        () -> new IncidentProcessor(streams));
    Hearing hearing = new Hearing();
    EventStreams.step(
        builder,
        List.of(TopicNames.LOCATION_EVENTS, TopicNames.HEARTBEATS),
        Set.of(LocationProcessor.STORE),
        () -> new LocationProcessor(streams, hearing, clock));
    EventStreams.step(
        builder,
        List.of(TopicNames.INCIDENTS, TopicNames.ALERT_DELIVERIES),
        Set.of(DeliveryProcessor.STORE),
        () -> new DeliveryProcessor(streams, routing, clock));
  }
}
