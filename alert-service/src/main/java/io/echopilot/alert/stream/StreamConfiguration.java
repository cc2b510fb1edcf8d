package io.echopilot.alert.stream;

import io.echopilot.alert.delivery.Routing;
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
  AlertTopologyMarker topology(
      StreamsBuilder builder, EventStreams streams, Routing routing, Clock clock) {
    AlertTopology.build(builder, streams, routing, clock);
    return new AlertTopologyMarker();
  }

  /** Says that the topology stands, so that Streams may start. */
  record AlertTopologyMarker() {}
}
