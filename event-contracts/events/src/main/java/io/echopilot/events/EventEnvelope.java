package io.echopilot.events;

import java.time.Instant;
import java.util.HexFormat;
import java.util.concurrent.ThreadLocalRandom;
import org.jspecify.annotations.Nullable;

/**
 * An event with its CloudEvents attributes.
 *
 * @param id unique; made from the cause where the event is derived, so that the same cause yields
 *     the same id
 * @param source who says so, a URI reference such as {@code /echopilot/failover-service}
 * @param traceparent W3C trace context of what led to the event; null when there is none
 */
public record EventEnvelope<E extends Event>(
    String id, String source, Instant time, @Nullable String traceparent, E data) {
  public EventEnvelope {
    Checks.text("ce_id", id);
    Checks.text("ce_source", source);
    Checks.present("ce_time", time);
    Checks.present("data", data);
  }

  public String type() {
    return EventTypes.nameOf(data.getClass());
  }

  /** A W3C {@code traceparent} that begins a new, sampled trace. */
  public static String newTraceparent() {
    ThreadLocalRandom random = ThreadLocalRandom.current();
    HexFormat hex = HexFormat.of();
    return "00-%s%s-%s-01"
        .formatted(
            hex.toHexDigits(random.nextLong()),
            hex.toHexDigits(random.nextLong() | 1),
            hex.toHexDigits(random.nextLong() | 1));
  }
}
