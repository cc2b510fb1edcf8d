package io.echopilot.failover.decision;

import io.echopilot.events.LocationId;
import io.echopilot.events.ProbeId;
import io.echopilot.events.SiteId;

/** Whose results stand in a {@link Track}. */
public record TrackKey(SiteId site, LocationId location, ProbeId probe) {}
