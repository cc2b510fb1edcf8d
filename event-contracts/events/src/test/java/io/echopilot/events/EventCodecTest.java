package io.echopilot.events;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.echopilot.events.EventCodec.Decoded;
import io.echopilot.events.FailoverEvent.SiteCleared;
import java.time.Instant;
import java.util.Random;
import java.util.stream.Stream;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class EventCodecTest {
  private static final String TOPIC = TopicNames.FAILOVER_EVENTS;
  private static final String KEY = "checkout";

  private final EventEnvelope<?> envelope =
      new EventEnvelope<>(
          "checkout/7",
          "/echopilot/failover-service",
          Instant.parse("2026-11-24T10:15:30Z"),
          EventEnvelope.newTraceparent(),
          Samples.of(SiteCleared.class));
  private final RecordHeaders headers = new RecordHeaders();
  private byte[] value = new byte[0];

  @BeforeEach
  void encode() {
    value = EventCodec.encode(envelope, headers);
  }

  static Stream<Class<? extends Event>> types() {
    return EventTypes.all().stream();
  }

  @ParameterizedTest
  @MethodSource("types")
  void everyEventComesBackAsItWent(Class<? extends Event> type) {
    RecordHeaders sent = new RecordHeaders();
    EventEnvelope<?> event =
        new EventEnvelope<>("1", "/test", envelope.time(), null, Samples.of(type));
    byte[] encoded = EventCodec.encode(event, sent);

    assertThat(
            EventCodec.decode(
                Topics.of(event.data()).name(), event.data().subject(), sent, encoded))
        .isEqualTo(new Decoded.Known(event));
  }

  @Test
  void attributesAreHeaders() {
    assertThat(EventCodec.text(headers, "ce_specversion")).isEqualTo("1.0");
    assertThat(EventCodec.text(headers, "ce_type")).isEqualTo("io.echopilot.site.cleared.v1");
    assertThat(EventCodec.text(headers, "ce_subject")).isEqualTo(KEY);
    assertThat(EventCodec.text(headers, "content-type")).isEqualTo("application/json");
    assertThat(EventCodec.text(headers, "traceparent")).matches("00-[0-9a-f]{32}-[0-9a-f]{16}-01");
  }

  @ParameterizedTest
  @ValueSource(strings = {"ce_type", "ce_id", "ce_source", "ce_time"})
  void aMissingAttributeIsNamed(String name) {
    headers.remove(name);

    assertMalformed("header " + name + " is missing");
  }

  @Test
  void aTimeThatIsNoneIsRefused() {
    headers.remove(EventCodec.TIME).add(EventCodec.TIME, "yesterday".getBytes(UTF_8));

    assertMalformed("yesterday");
  }

  @Test
  void anEventOfAnotherTopicIsRefused() {
    assertThat(EventCodec.decode(TopicNames.SERVICES, KEY, headers, value))
        .isEqualTo(
            new Decoded.Malformed(
                "ce_type io.echopilot.site.cleared.v1 does not belong on echopilot.services"));
  }

  @Test
  void theTimelineHoldsEventsOfAnyTopic() {
    assertThat(EventCodec.decode(TopicNames.TIMELINE, KEY, headers, value))
        .isEqualTo(EventCodec.decode(TOPIC, KEY, headers, value));
  }

  @Test
  void aKeyThatIsNotTheSubjectIsRefused() {
    assertThat(EventCodec.decode(TOPIC, "basket", headers, value))
        .isEqualTo(
            new Decoded.Malformed("the record's key is basket, but the event is about checkout"));
  }

  @Test
  void whatIsNoJsonIsRefused() {
    value = "{\"service\":".getBytes(UTF_8);
    assertMalformed("value: Unexpected end-of-input");
    value = "null".getBytes(UTF_8);
    assertMalformed("null");
  }

  @Test
  void anInvalidValueIsNamed() {
    value = new String(value, UTF_8).replace("\"checkout\"", "\"Check Out\"").getBytes(UTF_8);

    assertMalformed(
        "service must be 1 to 63 lower-case letters, digits or inner hyphens, but is \"Check Out\"");
  }

  @Test
  void aTypeOfALaterVersionIsUnknownNotMalformed() {
    headers
        .remove(EventCodec.TYPE)
        .add(EventCodec.TYPE, "io.echopilot.site.cleared.v2".getBytes(UTF_8));

    assertThat(EventCodec.decode(TOPIC, KEY, headers, value))
        .isEqualTo(new Decoded.UnknownType("io.echopilot.site.cleared.v2"));
  }

  @Test
  void nullIsATombstone() {
    assertThat(EventCodec.decode(TOPIC, KEY, headers, null)).isEqualTo(new Decoded.Tombstone());
  }

  @Test
  void whateverComesItNeverThrows() {
    Random random = new Random(42);
    for (int i = 0; i < 20_000; i++) {
      byte[] mutated = value.clone();
      for (int flips = random.nextInt(4); flips >= 0; flips--) {
        mutated[random.nextInt(mutated.length)] = (byte) random.nextInt(256);
      }
      assertThat(EventCodec.decode(TOPIC, KEY, headers, mutated)).isNotNull();
    }
  }

  private void assertMalformed(String reason) {
    assertThat(EventCodec.decode(TOPIC, KEY, headers, value))
        .isInstanceOfSatisfying(
            Decoded.Malformed.class, malformed -> assertThat(malformed.reason()).contains(reason));
  }
}
