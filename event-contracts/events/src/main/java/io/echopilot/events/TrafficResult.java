package io.echopilot.events;

import java.time.Instant;

/** What an actuator or a read-back saw at the edge; on {@code echopilot.traffic-results}. */
public sealed interface TrafficResult extends Event {
  ServiceId service();

  @Override
  default String subject() {
    return service().value();
  }

  /** The edge carried out a requested switch, now or at an earlier attempt. */
  @EventType(
      value = "io.echopilot.traffic.switch-applied.v1",
      summary = "The edge carried out a requested switch.")
  record SwitchApplied(
      ServiceId service, SiteId site, Epoch epoch, DecisionId decisionId, int attempt, Instant at)
      implements TrafficResult {
    public SwitchApplied {
      Checks.present("service", service);
      Checks.present("site", site);
      Checks.present("epoch", epoch);
      Checks.present("decisionId", decisionId);
      Checks.atLeast("attempt", 1, attempt);
      Checks.present("at", at);
    }
  }

  /**
   * The edge refused a switch because its route carries a higher epoch, or the same one by another
   * decision.
   */
  @EventType(
      value = "io.echopilot.traffic.switch-refused.v1",
      summary = "The edge refused a switch: its route carries a higher epoch or another decision.")
  record SwitchRefused(
      ServiceId service,
      Epoch epoch,
      DecisionId decisionId,
      int attempt,
      Route current,
      String reason,
      Instant at)
      implements TrafficResult {
    public SwitchRefused {
      Checks.present("service", service);
      Checks.present("epoch", epoch);
      Checks.present("decisionId", decisionId);
      Checks.atLeast("attempt", 1, attempt);
      Checks.present("current", current);
      Checks.text("reason", reason);
      Checks.present("at", at);
    }
  }

  /** An attempt to switch failed; whether it took effect is not known. */
  @EventType(
      value = "io.echopilot.traffic.switch-errored.v1",
      summary = "An attempt to switch failed; whether it took effect is not known.")
  record SwitchErrored(
      ServiceId service, Epoch epoch, DecisionId decisionId, int attempt, String reason, Instant at)
      implements TrafficResult {
    public SwitchErrored {
      Checks.present("service", service);
      Checks.present("epoch", epoch);
      Checks.present("decisionId", decisionId);
      Checks.atLeast("attempt", 1, attempt);
      Checks.text("reason", reason);
      Checks.present("at", at);
    }
  }

  /**
   * The route as read back. Written when it differs from the last one written, and now and then.
   */
  @EventType(
      value = "io.echopilot.traffic.route-observed.v1",
      summary = "The route at the edge, as read back.")
  record RouteObserved(ServiceId service, Route route, Instant at) implements TrafficResult {
    public RouteObserved {
      Checks.present("service", service);
      Checks.present("route", route);
      Checks.present("at", at);
    }
  }

  /** The route could not be read back. */
  @EventType(
      value = "io.echopilot.traffic.route-unreadable.v1",
      summary = "The route at the edge could not be read back.")
  record RouteUnreadable(ServiceId service, String reason, Instant at) implements TrafficResult {
    public RouteUnreadable {
      Checks.present("service", service);
      Checks.text("reason", reason);
      Checks.present("at", at);
    }
  }
}
