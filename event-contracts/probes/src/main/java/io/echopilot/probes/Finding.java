package io.echopilot.probes;

import io.echopilot.events.Outcome;
import io.echopilot.events.ProbeError;
import io.echopilot.events.ProbeError.Kind;
import io.echopilot.events.ProbeEvent.Part;
import io.echopilot.events.ProbeRun.Phases;
import io.echopilot.events.SiteId;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What a probe saw.
 *
 * @param error null when all was as expected
 * @param status HTTP status; null when there was none
 * @param servedBy the site that the answer names; null when it was not asked for or not told
 * @param numbers read in the answer, by name
 * @param parts the dependencies that the answer tells of
 */
public record Finding(
    @Nullable ProbeError error,
    @Nullable Integer status,
    @Nullable SiteId servedBy,
    Map<String, Double> numbers,
    List<Part> parts,
    Phases phases) {

  /** A success, or a failure if there is an error. */
  public static Finding of(@Nullable ProbeError error, Phases phases) {
    return new Finding(error, null, null, Map.of(), List.of(), phases);
  }

  /** The prober lacks something: this says nothing of the target. */
  public static Finding notCarriedOut(String reason) {
    return notCarriedOut(Kind.SETUP, reason);
  }

  static Finding notCarriedOut(Kind kind, String reason) {
    return of(new ProbeError(kind, reason), new Phases(null, null, null, null, Duration.ZERO));
  }

  public Outcome outcome() {
    if (error == null) {
      return Outcome.SUCCESS;
    }
    return switch (error.kind()) {
      case SETUP, DENIED, STALLED -> Outcome.UNKNOWN;
      default -> Outcome.FAILURE;
    };
  }
}
