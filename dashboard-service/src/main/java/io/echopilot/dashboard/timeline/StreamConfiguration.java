package io.echopilot.dashboard.timeline;

import io.echopilot.dashboard.DashboardProperties;
import io.echopilot.starter.streams.EnableEventStreams;
import io.echopilot.starter.streams.EventStreams;
import java.time.Clock;
import org.apache.kafka.streams.StreamsBuilder;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

@Configuration(proxyBeanMethods = false)
@EnableEventStreams
class StreamConfiguration {
  @Bean
  TimelineTopologyMarker topology(
      StreamsBuilder builder, EventStreams streams, DashboardProperties properties, Clock clock) {
    TimelineTopology.build(builder, streams, properties.span(), clock);
    return new TimelineTopologyMarker();
  }

  /** Says that the topology stands, so that Streams may start. */
  record TimelineTopologyMarker() {}
}
