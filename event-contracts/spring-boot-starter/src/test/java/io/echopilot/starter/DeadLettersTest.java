package io.echopilot.starter;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.echopilot.events.RecordPosition;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.header.Headers;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.junit.jupiter.api.Test;

class DeadLettersTest {
  private static final RecordPosition AT = new RecordPosition("echopilot.services", 3, 17);
  private static final Headers CAME = new RecordHeaders().add("ce_type", "x".getBytes(UTF_8));

  @Test
  void aLetterIsWhatCameWithItsReasonAndPlace() {
    byte[] value = {1, 2};

    ProducerRecord<String, byte[]> letter =
        DeadLetters.letter(AT, "checkout", value, CAME, "alerts", "no JSON");

    assertThat(letter.topic()).isEqualTo("echopilot.services.dlt");
    assertThat(letter.key()).isEqualTo("checkout");
    assertThat(letter.value()).isSameAs(value);
    assertThat(letter.headers())
        .extracting(header -> header.key() + "=" + new String(header.value(), UTF_8))
        .containsExactly(
            "ce_type=x",
            "echopilot_dlt_reason=no JSON",
            "echopilot_dlt_topic=echopilot.services",
            "echopilot_dlt_partition=3",
            "echopilot_dlt_offset=17",
            "echopilot_dlt_consumer=alerts");
  }

  @Test
  void whateverCameTheLetterFitsInAMebibyte() {
    Headers many = new RecordHeaders().add("junk", new byte[900_000]);

    ProducerRecord<String, byte[]> letter =
        DeadLetters.letter(
            AT, "k".repeat(900_000), new byte[1_048_000], many, "alerts", "r".repeat(900_000));

    assertThat(letter.value()).hasSize(DeadLetters.MOST_VALUE);
    assertThat(letter.key()).hasSize(DeadLetters.MOST_KEY);
    assertThat(letter.headers().lastHeader("junk")).isNull();
    assertThat(letter.headers().lastHeader(DeadLetters.CUT).value())
        .isEqualTo("1048000".getBytes(UTF_8));
    assertThat(letter.headers().lastHeader(DeadLetters.REASON).value().length).isLessThan(3_000);
  }
}
