package io.echopilot.prober.probe;

import io.echopilot.events.ProbeError;
import io.echopilot.events.ProbeRun.Phases;
import io.echopilot.events.SiteId;
import org.jspecify.annotations.Nullable;

/**
 * What a probe saw.
 *
 * @param error null when all was as expected
 * @param status HTTP status; null when there was none
 * @param servedBy the site that the answer names; null when it was not asked for or not told
 */
public record Finding(
    @Nullable ProbeError error,
    @Nullable Integer status,
    @Nullable SiteId servedBy,
    Phases phases) {
  public boolean isSuccess() {
    return error == null;
  }
}
