package io.echopilot.failover.stream;

import io.echopilot.failover.decision.ServiceState;
import org.jspecify.annotations.Nullable;

/**
 * A service as the store keeps it; its tracks and sightings have records of their own, because they
 * change with every result.
 *
 * @param version of this form, so that a later one can still read it
 * @param removed whether the service is no longer protected; its epochs are kept all the same
 * @param traceparent of the last transition; deadlines carry it on
 */
record StoredService(
    int version, boolean removed, ServiceState state, @Nullable String traceparent) {
  static final int VERSION = 1;
}
