package io.echopilot.failover.decision;

import io.echopilot.events.RecordPosition;
import io.echopilot.events.SiteId;
import io.echopilot.events.Slot;
import org.jspecify.annotations.Nullable;

/**
 * The newest that a location saw at the entrypoint.
 *
 * @param servedBy the site that answered; null when the answer did not tell, or there was none
 */
public record Sighting(
    Slot slot, @Nullable SiteId servedBy, String finding, RecordPosition position) {}
