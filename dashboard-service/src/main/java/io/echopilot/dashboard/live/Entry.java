package io.echopilot.dashboard.live;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.annotation.JsonRawValue;
import io.echopilot.events.Event;
import io.echopilot.events.EventEnvelope;
import io.echopilot.events.EventJson;
import io.echopilot.events.EventSentences;
import java.time.Instant;
import java.time.ZoneOffset;
import org.jspecify.annotations.Nullable;

/**
 * An event as browsers get it.
 *
 * @param offset on the timeline; {@link #NOWHERE} when it was read from its own topic
 * @param spoken whether it says something to a person
 */
record Entry(long offset, Event event, boolean spoken, String json) {
  static final long NOWHERE = -1;
  private static final EventSentences SENTENCES = new EventSentences(ZoneOffset.UTC);

  /**
   * The JSON of an entry.
   *
   * @param origin topic, partition and offset that it came from; null for what stands on the
   *     timeline only
   * @param text one sentence; null when the event says nothing to a person
   */
  private record View(
      long offset,
      @Nullable String origin,
      String type,
      String subject,
      Instant time,
      @Nullable String text,
      @JsonRawValue String data) {}

  static Entry of(long offset, @Nullable String origin, EventEnvelope<?> envelope, byte[] value) {
    View view =
        new View(
            offset,
            origin,
            envelope.type(),
            envelope.data().subject(),
            envelope.time(),
            SENTENCES.of(envelope.data()).orElse(null),
            new String(value, UTF_8));
    return new Entry(
        offset, envelope.data(), view.text() != null, EventJson.mapper().writeValueAsString(view));
  }
}
