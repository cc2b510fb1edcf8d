package io.echopilot.starter.streams;

import org.apache.kafka.common.serialization.Serde;
import org.apache.kafka.common.serialization.Serdes;
import org.apache.kafka.common.serialization.Serializer;
import org.jspecify.annotations.Nullable;

/** A record on its way out of the topology; its key and headers travel with the Streams record. */
public final class Outgoing {
  public static final Serializer<Outgoing> SERIALIZER = (_, outgoing) -> outgoing.value;

  public static final Serde<Outgoing> SERDE =
      Serdes.serdeFrom(
          SERIALIZER,
          (_, _) -> {
            throw new UnsupportedOperationException("outgoing records are never read here");
          });

  private final String topic;
  private final byte @Nullable [] value;

  /**
   * Addresses a value.
   *
   * @param value null for a tombstone
   */
  public Outgoing(String topic, byte @Nullable [] value) {
    this.topic = topic;
    this.value = value;
  }

  public String topic() {
    return topic;
  }
}
