package io.echopilot.events;

import org.jspecify.annotations.Nullable;

/**
 * Where an edge sends a service's traffic, as the edge itself says.
 *
 * @param site null when the edge has no route for the service
 * @param decisionId the decision that set it; null for a route that EchoPilot has never switched
 */
public record Route(@Nullable SiteId site, Epoch epoch, @Nullable DecisionId decisionId) {
  public Route {
    Checks.present("route.epoch", epoch);
  }
}
