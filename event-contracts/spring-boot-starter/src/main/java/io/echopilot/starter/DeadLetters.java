package io.echopilot.starter;

import static java.nio.charset.StandardCharsets.UTF_8;
import static java.util.Objects.requireNonNull;

import io.echopilot.events.RecordPosition;
import io.echopilot.events.Topic;
import java.util.Arrays;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.header.Header;
import org.apache.kafka.common.header.Headers;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.jspecify.annotations.Nullable;

/**
 * What a dead letter carries. It is what came, so far as it fits: a letter is larger than its
 * record by the headers that it gets, and must not itself become too large to be written. The whole
 * record stands where its headers say.
 */
public final class DeadLetters {
  public static final String REASON = "echopilot_dlt_reason";
  public static final String TOPIC = "echopilot_dlt_topic";
  public static final String PARTITION = "echopilot_dlt_partition";
  public static final String OFFSET = "echopilot_dlt_offset";
  public static final String CONSUMER = "echopilot_dlt_consumer";

  /** Present where something was cut: the size of the value as it came, in bytes. */
  public static final String CUT = "echopilot_dlt_cut_from";

  /** Well below what brokers and producers accept by default, 1 MiB. */
  static final int MOST_VALUE = 512 * 1024;

  static final int MOST_HEADERS = 128 * 1024;
  static final int MOST_KEY = 8 * 1024;
  private static final int LONGEST_REASON = 2_000;

  private DeadLetters() {}

  /** The topic for what could not be read on {@code topic}. */
  public static String topicFor(String topic) {
    return topic + Topic.DEAD_LETTER_SUFFIX;
  }

  /**
   * The letter for a record that {@code consumer} could not read.
   *
   * @param consumer who could not read it: a consumer group or an application
   * @param reason what is wrong with the record, naming the place
   */
  public static ProducerRecord<String, byte[]> letter(
      RecordPosition position,
      @Nullable String key,
      byte @Nullable [] value,
      Headers came,
      String consumer,
      String reason) {
    RecordHeaders headers = new RecordHeaders();
    boolean headersFit = size(came) <= MOST_HEADERS;
    if (headersFit) {
      came.forEach(headers::add);
    }
    boolean keyFits = key == null || key.length() <= MOST_KEY;
    boolean valueFits = value == null || value.length <= MOST_VALUE;
    if (!headersFit || !keyFits || !valueFits) {
      put(headers, CUT, Integer.toString(value == null ? 0 : value.length));
    }
    put(headers, REASON, shortened(reason, LONGEST_REASON));
    put(headers, TOPIC, position.topic());
    put(headers, PARTITION, Integer.toString(position.partition()));
    put(headers, OFFSET, Long.toString(position.offset()));
    put(headers, CONSUMER, consumer);
    return new ProducerRecord<>(
        topicFor(position.topic()),
        null,
        key == null ? null : shortened(key, MOST_KEY),
        valueFits ? value : Arrays.copyOf(requireNonNull(value), MOST_VALUE),
        headers);
  }

  private static int size(Headers headers) {
    int size = 0;
    for (Header header : headers) {
      size += header.key().length() + (header.value() == null ? 0 : header.value().length);
    }
    return size;
  }

  private static String shortened(String text, int most) {
    return text.length() <= most ? text : text.substring(0, most);
  }

  private static void put(Headers headers, String name, String value) {
    headers.remove(name);
    headers.add(name, value.getBytes(UTF_8));
  }
}
