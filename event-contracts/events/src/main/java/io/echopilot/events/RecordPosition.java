package io.echopilot.events;

/**
 * Where a record stands in Kafka: what {@code kcat -C -t topic -p partition -o offset -c 1} reads.
 */
public record RecordPosition(String topic, int partition, long offset) {
  public RecordPosition {
    Checks.text("topic", topic);
    Checks.atLeast("partition", 0, partition);
    Checks.atLeast("offset", 0, offset);
  }

  @Override
  public String toString() {
    return topic + "-" + partition + "@" + offset;
  }
}
