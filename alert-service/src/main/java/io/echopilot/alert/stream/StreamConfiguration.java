package io.echopilot.alert.stream;

import io.echopilot.alert.delivery.Routing;
import io.echopilot.starter.EchoPilotProperties;
import io.echopilot.starter.streams.EnableEventStreams;
import io.micrometer.core.instrument.MeterRegistry;
import java.time.Clock;
import org.apache.kafka.streams.StreamsBuilder;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

@Configuration(proxyBeanMethods = false)
@EnableEventStreams
class StreamConfiguration {
  @Bean
  AlertTopologyMarker topology(
      StreamsBuilder builder,
      EchoPilotProperties properties,
      Routing routing,
      Clock clock,
      MeterRegistry meters) {
    AlertTopology.build(builder, properties.topics().partitions(), routing, clock, meters);
    return new AlertTopologyMarker();
  }

  /** Says that the topology stands, so that Streams may start. */
  record AlertTopologyMarker() {}
}
