package io.echopilot.probes.tcp;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.echopilot.events.ProbeError;
import io.echopilot.events.ProbeError.Kind;
import io.echopilot.probes.Endpoint;
import io.echopilot.probes.Regex;
import java.io.ByteArrayOutputStream;
import org.jspecify.annotations.Nullable;

/**
 * What a peer has said, as far as it is read. Written by the event loop, read by the thread of the
 * time-out.
 */
final class Heard {
  private static final int MOST_SHOWN = 100;
  private static final int PARTS_LOOKED_AT = 64;

  private final Regex expected;
  private final int most;
  private final ByteArrayOutputStream bytes = new ByteArrayOutputStream();
  private int parts;
  private int sizeLookedAt;

  /**
   * Nothing yet.
   *
   * @param most bytes that are kept
   */
  Heard(Regex expected, int most) {
    this.expected = expected;
    this.most = most;
  }

  synchronized void add(byte[] part) {
    bytes.write(part, 0, Math.min(part.length, most - bytes.size()));
    parts++;
  }

  synchronized boolean isNothing() {
    return bytes.size() == 0;
  }

  /**
   * Whether there is nothing to wait for. Of a peer that drips on, only each doubling is looked at:
   * to look at each byte would take time by the square.
   */
  synchronized boolean isEnough() {
    if (bytes.size() >= most) {
      return true;
    }
    if (parts > PARTS_LOOKED_AT && bytes.size() < 2 * sizeLookedAt) {
      return false;
    }
    sizeLookedAt = bytes.size();
    return isAsExpected();
  }

  synchronized boolean isAsExpected() {
    return expected.isIn(bytes.toString(UTF_8));
  }

  /** Null when it is as expected. */
  synchronized @Nullable ProbeError error(Endpoint by) {
    return isAsExpected()
        ? null
        : new ProbeError(
            Kind.ANSWER,
            "expected %s to say something like %s, got %s".formatted(by, expected, shown()));
  }

  private String shown() {
    String text = bytes.toString(UTF_8).strip();
    if (bytes.size() == 0) {
      return "nothing";
    }
    return text.length() <= MOST_SHOWN ? text : text.substring(0, MOST_SHOWN) + "…";
  }
}
