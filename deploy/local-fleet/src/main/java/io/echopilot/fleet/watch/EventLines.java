package io.echopilot.fleet.watch;

import io.echopilot.events.EventEnvelope;
import io.echopilot.events.EventSentences;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.Locale;
import java.util.Optional;

/** One line per event, for a person who watches. */
public final class EventLines {
  private static final DateTimeFormatter TIME =
      DateTimeFormatter.ofPattern("HH:mm:ss.SSS", Locale.ROOT);

  private final ZoneId zone;
  private final EventSentences sentences;

  public EventLines(ZoneId zone) {
    this.zone = zone;
    this.sentences = new EventSentences(zone);
  }

  /** Empty for an event that says nothing to a person who watches. */
  public Optional<String> line(EventEnvelope<?> envelope) {
    return sentences
        .of(envelope.data())
        .map(text ->
            "%s  %s  %s"
                .formatted(
                    TIME.format(envelope.time().atZone(zone)), envelope.data().subject(), text));
  }
}
