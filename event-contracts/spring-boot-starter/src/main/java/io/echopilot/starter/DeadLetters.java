package io.echopilot.starter;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.echopilot.events.Topic;
import org.apache.kafka.common.header.Headers;
import org.apache.kafka.common.header.internals.RecordHeaders;

/** The headers that a dead letter carries beside those that it came with. */
public final class DeadLetters {
  public static final String REASON = "echopilot_dlt_reason";
  public static final String TOPIC = "echopilot_dlt_topic";
  public static final String PARTITION = "echopilot_dlt_partition";
  public static final String OFFSET = "echopilot_dlt_offset";
  public static final String CONSUMER = "echopilot_dlt_consumer";

  private DeadLetters() {}

  /** The topic for what could not be read on {@code topic}. */
  public static String topicFor(String topic) {
    return topic + Topic.DEAD_LETTER_SUFFIX;
  }

  /**
   * The headers for a record that {@code consumer} could not read.
   *
   * @param consumer who could not read it: a consumer group or an application
   * @param reason what is wrong with the record, naming the place
   */
  public static Headers headers(
      String topic, int partition, long offset, String consumer, String reason) {
    RecordHeaders headers = new RecordHeaders();
    headers.add(REASON, reason.getBytes(UTF_8));
    headers.add(TOPIC, topic.getBytes(UTF_8));
    headers.add(PARTITION, Integer.toString(partition).getBytes(UTF_8));
    headers.add(OFFSET, Long.toString(offset).getBytes(UTF_8));
    headers.add(CONSUMER, consumer.getBytes(UTF_8));
    return headers;
  }
}
