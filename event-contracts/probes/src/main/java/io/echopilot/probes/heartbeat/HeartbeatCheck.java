package io.echopilot.probes.heartbeat;

import io.echopilot.probes.SecretRef;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * A job that must report in.
 *
 * @param token secret that the job shows when it does
 * @param period how often it does
 * @param grace how much later it may be; a minute when it is null
 */
public record HeartbeatCheck(SecretRef token, Duration period, @Nullable Duration grace) {
  private static final Duration MINUTE = Duration.ofMinutes(1);

  public HeartbeatCheck {
    if (token == null) {
      throw new IllegalArgumentException(
          "heartbeat.token must be secret:NAME, the secret that the job shows when it reports in");
    }
    if (period == null || period.isNegative() || period.isZero()) {
      throw new IllegalArgumentException(
          "heartbeat.period must say how often the job reports in, such as 5m");
    }
    grace = grace == null ? MINUTE : grace;
    if (grace.isNegative()) {
      throw new IllegalArgumentException("heartbeat.grace must be zero or more, but is " + grace);
    }
  }

  /** How long after a report the job is late. */
  Duration patience() {
    return grace == null ? period : period.plus(grace);
  }
}
