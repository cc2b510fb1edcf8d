package io.echopilot.fleet.demo;

import io.echopilot.events.DecisionId;
import io.echopilot.events.Epoch;
import io.echopilot.events.ServiceId;
import io.echopilot.events.SiteId;
import org.jspecify.annotations.Nullable;

/** A wish to set a service's route: the body of the webhook contract's PUT. */
record RouteWrite(ServiceId service, SiteId site, Epoch epoch, DecisionId decisionId) {
  RouteWrite {
    present("service", service);
    present("site", site);
    present("epoch", epoch);
    present("decisionId", decisionId);
  }

  private static void present(String field, @Nullable Object value) {
    if (value == null) {
      throw new IllegalArgumentException(field + " is missing");
    }
  }
}
