package io.echopilot.failover.stream;

import org.apache.kafka.common.serialization.Serializer;
import org.jspecify.annotations.Nullable;

/** A record on its way out of the topology; its key and headers travel with the Streams record. */
final class Outgoing {
  static final Serializer<Outgoing> SERIALIZER = (_, outgoing) -> outgoing.value;

  private final String topic;
  private final byte @Nullable [] value;

  /**
   * Addresses a value.
   *
   * @param value null for a tombstone
   */
  Outgoing(String topic, byte @Nullable [] value) {
    this.topic = topic;
    this.value = value;
  }

  String topic() {
    return topic;
  }
}
