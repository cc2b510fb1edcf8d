package io.echopilot.starter.streams;

import io.echopilot.events.EventCodec;
import io.echopilot.events.EventCodec.Decoded;
import io.echopilot.events.RecordPosition;
import java.nio.charset.StandardCharsets;
import org.apache.kafka.common.utils.Utils;
import org.apache.kafka.streams.processor.api.Record;

/** Reads the records that come into a topology. */
public final class Arrivals {
  private final int partitions;

  /**
   * Makes a reader.
   *
   * @param partitions of each topic that is read
   */
  public Arrivals(int partitions) {
    this.partitions = partitions;
  }

  /** Reads a record; one in a partition that is not its key's would split a subject in two. */
  public Decoded decode(RecordPosition position, Record<String, byte[]> record) {
    Decoded decoded =
        EventCodec.decode(position.topic(), record.key(), record.headers(), record.value());
    if (decoded instanceof Decoded.Known && partitionOf(record.key()) != position.partition()) {
      return new Decoded.Malformed(
          "key %s belongs in partition %d (murmur2), but stands in %d"
              .formatted(record.key(), partitionOf(record.key()), position.partition()));
    }
    return decoded;
  }

  /** Where records of a key stand. */
  public int partitionOf(String key) {
    return Utils.toPositive(Utils.murmur2(key.getBytes(StandardCharsets.UTF_8))) % partitions;
  }
}
