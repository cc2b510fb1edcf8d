package io.echopilot.events;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.time.DateTimeException;
import java.time.Instant;
import java.util.Optional;
import org.apache.kafka.common.header.Header;
import org.apache.kafka.common.header.Headers;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;

/**
 * CloudEvents 1.0 over Kafka in binary content mode: attributes are {@code ce_} headers, the value
 * is the JSON of the data.
 *
 * @see <a
 *     href="https://github.com/cloudevents/spec/blob/v1.0.2/cloudevents/bindings/kafka-protocol-binding.md">Kafka
 *     Protocol Binding for CloudEvents, section 3.2</a>
 */
public final class EventCodec {
  public static final String ID = "ce_id";
  public static final String SOURCE = "ce_source";
  public static final String SPEC_VERSION = "ce_specversion";
  public static final String TYPE = "ce_type";
  public static final String SUBJECT = "ce_subject";
  public static final String TIME = "ce_time";
  public static final String TRACEPARENT = "traceparent";
  private static final String CONTENT_TYPE = "content-type";
  private static final byte[] JSON = "application/json".getBytes(UTF_8);
  private static final byte[] VERSION = "1.0".getBytes(UTF_8);

  private EventCodec() {}

  /** What a record turned out to be. */
  public sealed interface Decoded {
    /** An event of this version. */
    record Known(EventEnvelope<?> envelope) implements Decoded {}

    /** A well-formed event of a type that this version does not know: skip it. */
    record UnknownType(String type) implements Decoded {}

    /** A null value: what the key named is gone. */
    record Tombstone() implements Decoded {}

    /** Not an event of this topic; the reason names the place. */
    record Malformed(String reason) implements Decoded {}
  }

  /** Adds the attributes to the headers and returns the value. */
  public static byte[] encode(EventEnvelope<?> envelope, Headers headers) {
    put(headers, SPEC_VERSION, VERSION);
    put(headers, ID, envelope.id());
    put(headers, SOURCE, envelope.source());
    put(headers, TYPE, envelope.type());
    put(headers, SUBJECT, envelope.data().subject());
    put(headers, TIME, envelope.time().toString());
    put(headers, CONTENT_TYPE, JSON);
    if (envelope.traceparent() != null) {
      put(headers, TRACEPARENT, envelope.traceparent());
    }
    return EventJson.mapper().writeValueAsBytes(envelope.data());
  }

  /**
   * Reads a record. Never throws: what can't be read is a value too.
   *
   * @param topic where the record was read; one that we don't know accepts any event
   */
  public static Decoded decode(
      String topic, @Nullable String key, Headers headers, byte @Nullable [] value) {
    if (value == null) {
      return new Decoded.Tombstone();
    }
    String typeName = text(headers, TYPE);
    if (typeName == null) {
      return new Decoded.Malformed("header ce_type is missing");
    }
    Optional<Class<? extends Event>> type = EventTypes.named(typeName);
    if (type.isEmpty()) {
      return new Decoded.UnknownType(typeName);
    }
    Optional<Topic<? extends Event>> known = Topics.named(topic);
    if (known.isPresent() && !known.get().family().isAssignableFrom(type.get())) {
      return new Decoded.Malformed("ce_type %s does not belong on %s".formatted(typeName, topic));
    }
    try {
      return checked(key, headers, EventJson.mapper().readValue(value, type.get()));
    } catch (JacksonException e) {
      return new Decoded.Malformed("value: " + message(e) + path(e));
    } catch (IllegalArgumentException | DateTimeException e) {
      return new Decoded.Malformed(String.valueOf(e.getMessage()));
    }
  }

  private static Decoded checked(@Nullable String key, Headers headers, @Nullable Event event) {
    if (event == null) {
      return new Decoded.Malformed("value is the JSON literal null");
    }
    if (!event.subject().equals(key)) {
      return new Decoded.Malformed(
          "the record's key is %s, but the event is about %s".formatted(key, event.subject()));
    }
    String time = text(headers, TIME);
    if (time == null) {
      return new Decoded.Malformed("header ce_time is missing");
    }
    return new Decoded.Known(
        new EventEnvelope<>(
            required(headers, ID),
            required(headers, SOURCE),
            Instant.parse(time),
            text(headers, TRACEPARENT),
            event));
  }

  private static String required(Headers headers, String name) {
    String value = text(headers, name);
    if (value == null) {
      throw new IllegalArgumentException("header " + name + " is missing");
    }
    return value;
  }

  /** A header's text; null when the header is missing. */
  public static @Nullable String text(Headers headers, String name) {
    Header header = headers.lastHeader(name);
    return header == null || header.value() == null ? null : new String(header.value(), UTF_8);
  }

  /** Without the parser's remark on where its source came from: the record's position says that. */
  private static String message(JacksonException e) {
    return e.getOriginalMessage().replaceAll("\\s*\\(start marker at .*", "");
  }

  private static String path(JacksonException e) {
    return e.getPath().isEmpty() ? "" : " at " + e.getPathReference();
  }

  private static void put(Headers headers, String name, String value) {
    put(headers, name, value.getBytes(UTF_8));
  }

  private static void put(Headers headers, String name, byte[] value) {
    headers.remove(name);
    headers.add(name, value);
  }
}
