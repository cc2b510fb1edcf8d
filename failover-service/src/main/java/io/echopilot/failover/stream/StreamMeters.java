package io.echopilot.failover.stream;

import io.echopilot.events.EventTypes;
import io.echopilot.events.FailoverEvent;
import io.micrometer.core.instrument.MeterRegistry;

/** What the topology counts. */
final class StreamMeters {
  private final MeterRegistry registry;

  StreamMeters(MeterRegistry registry) {
    this.registry = registry;
  }

  void decided(FailoverEvent event) {
    registry
        .counter("echopilot.failover.events", "type", EventTypes.nameOf(event.getClass()))
        .increment();
  }

  void deadLettered(String topic) {
    registry.counter("echopilot.events.dead.lettered", "topic", topic).increment();
  }

  void skipped(String topic) {
    registry.counter("echopilot.events.skipped", "topic", topic).increment();
  }
}
