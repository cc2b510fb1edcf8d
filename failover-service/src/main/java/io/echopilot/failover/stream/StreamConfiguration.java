package io.echopilot.failover.stream;

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
  FailoverTopologyMarker topology(
      StreamsBuilder builder, EchoPilotProperties properties, Clock clock, MeterRegistry meters) {
    FailoverTopology.build(
        builder, properties.topics().partitions(), clock, new StreamMeters(meters));
    return new FailoverTopologyMarker();
  }

  /** Says that the topology stands, so that Streams may start. */
  record FailoverTopologyMarker() {}
}
