package io.echopilot.prober.guard;

import io.echopilot.starter.streams.EnableEventStreams;
import io.echopilot.starter.streams.EventStreams;
import java.time.Clock;
import org.apache.kafka.streams.StreamsBuilder;
import org.springframework.boot.autoconfigure.condition.ConditionalOnProperty;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

@Configuration(proxyBeanMethods = false)
@ConditionalOnProperty(name = "echopilot.prober.guard", matchIfMissing = true)
@EnableEventStreams
class GuardConfiguration {
  @Bean
  GuardTopologyMarker guardTopology(StreamsBuilder builder, EventStreams streams, Clock clock) {
    GuardTopology.build(builder, streams, GuardTopology.guards(), clock);
    return new GuardTopologyMarker();
  }

  /** Says that the topology stands, so that Streams may start. */
  record GuardTopologyMarker() {}
}
