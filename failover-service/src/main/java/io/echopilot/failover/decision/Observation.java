package io.echopilot.failover.decision;

import io.echopilot.events.RecordPosition;
import io.echopilot.events.Slot;
import java.time.Duration;

/**
 * What counts of one probe result.
 *
 * @param interval time to the next slot as the prober had planned it
 * @param finding what was seen, in a few words
 */
public record Observation(
    Slot slot, boolean success, Duration interval, String finding, RecordPosition position) {}
