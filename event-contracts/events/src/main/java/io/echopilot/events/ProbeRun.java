package io.echopilot.events;

import java.time.Duration;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * One run of a probe from one location.
 *
 * @param slot planned start, by the location's clock
 * @param interval time to the next slot as planned when this one was: {@code interval} or {@code
 *     confirm}
 * @param startedAt actual start, by the location's clock
 * @param completedAt end, by the location's clock
 * @param error what was wrong: always with a failure, with {@link Outcome#UNKNOWN} where it is
 *     known, else null
 * @param phases where the time went; null when nothing was sent
 * @param locationImpaired whether the location could not reach its own references: then the run
 *     says nothing of the target
 */
public record ProbeRun(
    LocationId location,
    InstanceId instance,
    Slot slot,
    Duration interval,
    Instant startedAt,
    Instant completedAt,
    Outcome outcome,
    @Nullable ProbeError error,
    @Nullable Phases phases,
    boolean locationImpaired) {
  public ProbeRun {
    Checks.present("run.location", location);
    Checks.present("run.instance", instance);
    Checks.present("run.slot", slot);
    Checks.positive("run.interval", interval);
    Checks.present("run.startedAt", startedAt);
    Checks.present("run.completedAt", completedAt);
    Checks.present("run.outcome", outcome);
    boolean fits =
        switch (outcome) {
          case FAILURE -> error != null;
          case UNKNOWN -> true;
          case SUCCESS, OVERRAN -> error == null;
        };
    if (!fits) {
      throw new IllegalArgumentException("run.error must be given for a failure and only then");
    }
  }

  /**
   * Time per phase of a run. A phase that was not reached or not needed is null.
   *
   * @param dns name resolution
   * @param connect TCP connect
   * @param tls TLS handshake
   * @param firstByte from the request sent to the first byte of the answer
   * @param total from start to end of the run
   */
  public record Phases(
      @Nullable Duration dns,
      @Nullable Duration connect,
      @Nullable Duration tls,
      @Nullable Duration firstByte,
      Duration total) {
    public Phases {
      Checks.notNegative("phases.total", total);
    }
  }
}
