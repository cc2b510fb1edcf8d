package io.echopilot.events;

import java.time.Instant;

/**
 * What failover-service decided and why; on {@code echopilot.failover-events}. Times are by the
 * broker's clock or, for deadlines, by the deciding instance's.
 */
public sealed interface FailoverEvent extends Event {
  ServiceId service();

  Rationale rationale();

  @Override
  default String subject() {
    return service().value();
  }

  /** A location saw the active site fail; not enough to act on. */
  @EventType(
      value = "io.echopilot.site.suspected.v1",
      summary = "A location saw the active site fail; not enough to act on.")
  record SiteSuspected(ServiceId service, SiteId site, Rationale rationale)
      implements FailoverEvent {
    public SiteSuspected {
      Checks.present("service", service);
      Checks.present("site", site);
      Checks.present("rationale", rationale);
    }
  }

  /** The active site answers again; nothing was moved. */
  @EventType(
      value = "io.echopilot.site.cleared.v1",
      summary = "The active site answers again; nothing was moved.")
  record SiteCleared(ServiceId service, SiteId site, Rationale rationale) implements FailoverEvent {
    public SiteCleared {
      Checks.present("service", service);
      Checks.present("site", site);
      Checks.present("rationale", rationale);
    }
  }

  /** The active site is down and traffic leaves it for a healthy one. */
  @EventType(
      value = "io.echopilot.failover.started.v1",
      summary = "The active site is down and traffic leaves it for a healthy one.")
  record FailoverStarted(
      ServiceId service,
      SiteId from,
      SiteId to,
      Epoch epoch,
      DecisionId decisionId,
      Rationale rationale)
      implements FailoverEvent {
    public FailoverStarted {
      Checks.present("service", service);
      Checks.present("from", from);
      Checks.present("to", to);
      Checks.present("epoch", epoch);
      Checks.present("decisionId", decisionId);
      Checks.present("rationale", rationale);
    }
  }

  /** The active site is down and no other site is healthy; traffic stays. */
  @EventType(
      value = "io.echopilot.failover.blocked.v1",
      summary = "The active site is down and no other site is healthy; traffic stays.")
  record FailoverBlocked(ServiceId service, SiteId site, Rationale rationale)
      implements FailoverEvent {
    public FailoverBlocked {
      Checks.present("service", service);
      Checks.present("site", site);
      Checks.present("rationale", rationale);
    }
  }

  /**
   * An actuator is to move the traffic, before the deadline.
   *
   * @param attempt counted from 1; a retry keeps epoch and decision
   * @param endpoint the name of the traffic adapter's endpoint in the local configuration
   */
  @EventType(
      value = "io.echopilot.traffic.switch-requested.v1",
      summary = "An actuator is to move the traffic, before the deadline.")
  record TrafficSwitchRequested(
      ServiceId service,
      SiteId site,
      Epoch epoch,
      DecisionId decisionId,
      int attempt,
      Instant deadline,
      String endpoint,
      Rationale rationale)
      implements FailoverEvent {
    public TrafficSwitchRequested {
      Checks.present("service", service);
      Checks.present("site", site);
      Checks.present("epoch", epoch);
      Checks.present("decisionId", decisionId);
      Checks.atLeast("attempt", 1, attempt);
      Checks.present("deadline", deadline);
      Checks.text("endpoint", endpoint);
      Checks.present("rationale", rationale);
    }
  }

  /** The edge moved the traffic. */
  @EventType(value = "io.echopilot.traffic.switched.v1", summary = "The edge moved the traffic.")
  record TrafficSwitched(
      ServiceId service,
      SiteId site,
      Epoch epoch,
      DecisionId decisionId,
      int attempt,
      Rationale rationale)
      implements FailoverEvent {
    public TrafficSwitched {
      Checks.present("service", service);
      Checks.present("site", site);
      Checks.present("epoch", epoch);
      Checks.present("decisionId", decisionId);
      Checks.atLeast("attempt", 1, attempt);
      Checks.present("rationale", rationale);
    }
  }

  /** An attempt to move the traffic failed; the next one is planned. */
  @EventType(
      value = "io.echopilot.traffic.switch-failed.v1",
      summary = "An attempt to move the traffic failed; the next one is planned.")
  record TrafficSwitchFailed(
      ServiceId service,
      SiteId site,
      Epoch epoch,
      DecisionId decisionId,
      int attempt,
      String reason,
      Instant retryAt,
      Rationale rationale)
      implements FailoverEvent {
    public TrafficSwitchFailed {
      Checks.present("service", service);
      Checks.present("site", site);
      Checks.present("epoch", epoch);
      Checks.present("decisionId", decisionId);
      Checks.atLeast("attempt", 1, attempt);
      Checks.text("reason", reason);
      Checks.present("retryAt", retryAt);
      Checks.present("rationale", rationale);
    }
  }

  /**
   * Traffic is served by the new site.
   *
   * @param startedAt when the failover was decided
   */
  @EventType(
      value = "io.echopilot.failover.completed.v1",
      summary = "Traffic is served by the new site.")
  record FailoverCompleted(
      ServiceId service,
      SiteId from,
      SiteId to,
      Epoch epoch,
      DecisionId decisionId,
      Confirmation confirmation,
      Instant startedAt,
      Rationale rationale)
      implements FailoverEvent {
    public FailoverCompleted {
      Checks.present("service", service);
      Checks.present("from", from);
      Checks.present("to", to);
      Checks.present("epoch", epoch);
      Checks.present("decisionId", decisionId);
      Checks.present("confirmation", confirmation);
      Checks.present("startedAt", startedAt);
      Checks.present("rationale", rationale);
    }
  }

  /**
   * The primary is healthy again; the wait before the failback runs.
   *
   * @param failbackAt when traffic returns at the earliest
   */
  @EventType(
      value = "io.echopilot.recovery.started.v1",
      summary = "The primary is healthy again; the wait before the failback runs.")
  record RecoveryStarted(
      ServiceId service, SiteId site, Instant healthySince, Instant failbackAt, Rationale rationale)
      implements FailoverEvent {
    public RecoveryStarted {
      Checks.present("service", service);
      Checks.present("site", site);
      Checks.present("healthySince", healthySince);
      Checks.present("failbackAt", failbackAt);
      Checks.present("rationale", rationale);
    }
  }

  /** The primary failed during the wait before the failback; the wait starts again. */
  @EventType(
      value = "io.echopilot.recovery.interrupted.v1",
      summary = "The primary failed during the wait before the failback; the wait starts again.")
  record RecoveryInterrupted(ServiceId service, SiteId site, Rationale rationale)
      implements FailoverEvent {
    public RecoveryInterrupted {
      Checks.present("service", service);
      Checks.present("site", site);
      Checks.present("rationale", rationale);
    }
  }

  /** The primary was healthy for long enough and traffic returns to it. */
  @EventType(
      value = "io.echopilot.failback.started.v1",
      summary = "The primary was healthy for long enough and traffic returns to it.")
  record FailbackStarted(
      ServiceId service,
      SiteId from,
      SiteId to,
      Epoch epoch,
      DecisionId decisionId,
      Rationale rationale)
      implements FailoverEvent {
    public FailbackStarted {
      Checks.present("service", service);
      Checks.present("from", from);
      Checks.present("to", to);
      Checks.present("epoch", epoch);
      Checks.present("decisionId", decisionId);
      Checks.present("rationale", rationale);
    }
  }

  /** The primary serves the traffic again and is watched for a while. */
  @EventType(
      value = "io.echopilot.failback.completed.v1",
      summary = "The primary serves the traffic again and is watched for a while.")
  record FailbackCompleted(
      ServiceId service,
      SiteId from,
      SiteId to,
      Epoch epoch,
      DecisionId decisionId,
      Confirmation confirmation,
      Instant startedAt,
      Instant observeUntil,
      Rationale rationale)
      implements FailoverEvent {
    public FailbackCompleted {
      Checks.present("service", service);
      Checks.present("from", from);
      Checks.present("to", to);
      Checks.present("epoch", epoch);
      Checks.present("decisionId", decisionId);
      Checks.present("confirmation", confirmation);
      Checks.present("startedAt", startedAt);
      Checks.present("observeUntil", observeUntil);
      Checks.present("rationale", rationale);
    }
  }

  /** The primary did well while it was watched after its return. */
  @EventType(
      value = "io.echopilot.observation.completed.v1",
      summary = "The primary did well while it was watched after its return.")
  record ObservationCompleted(ServiceId service, SiteId site, Rationale rationale)
      implements FailoverEvent {
    public ObservationCompleted {
      Checks.present("service", service);
      Checks.present("site", site);
      Checks.present("rationale", rationale);
    }
  }

  /** The route was read back for the first time, and the service is protected. */
  @EventType(
      value = "io.echopilot.route.established.v1",
      summary = "The route was read back for the first time, and the service is protected.")
  record RouteEstablished(ServiceId service, SiteId site, Epoch epoch, Rationale rationale)
      implements FailoverEvent {
    public RouteEstablished {
      Checks.present("service", service);
      Checks.present("site", site);
      Checks.present("epoch", epoch);
      Checks.present("rationale", rationale);
    }
  }

  /**
   * The route at the edge is not the decided one.
   *
   * @param epoch the epoch of the decided route
   */
  @EventType(
      value = "io.echopilot.route.drifted.v1",
      summary = "The route at the edge is not the decided one.")
  record RouteDrifted(
      ServiceId service, SiteId expected, Epoch epoch, Route observed, Rationale rationale)
      implements FailoverEvent {
    public RouteDrifted {
      Checks.present("service", service);
      Checks.present("expected", expected);
      Checks.present("epoch", epoch);
      Checks.present("observed", observed);
      Checks.present("rationale", rationale);
    }
  }

  /** The decided route is in force at the edge. */
  @EventType(
      value = "io.echopilot.route.reasserted.v1",
      summary = "The decided route is in force at the edge.")
  record RouteReasserted(
      ServiceId service, SiteId site, Epoch epoch, DecisionId decisionId, Rationale rationale)
      implements FailoverEvent {
    public RouteReasserted {
      Checks.present("service", service);
      Checks.present("site", site);
      Checks.present("epoch", epoch);
      Checks.present("decisionId", decisionId);
      Checks.present("rationale", rationale);
    }
  }

  /** Somebody else moved the traffic under a higher epoch; it is taken as it is. */
  @EventType(
      value = "io.echopilot.switch.adopted.v1",
      summary = "Somebody else moved the traffic under a higher epoch; it is taken as it is.")
  record SwitchAdopted(ServiceId service, Route route, Rationale rationale)
      implements FailoverEvent {
    public SwitchAdopted {
      Checks.present("service", service);
      Checks.present("route", route);
      Checks.present("rationale", rationale);
    }
  }

  /** EchoPilot moves this service no more until a person releases it. */
  @EventType(
      value = "io.echopilot.service.held.v1",
      summary = "EchoPilot moves this service no more until a person releases it.")
  record ServiceHeld(ServiceId service, String reason, Rationale rationale)
      implements FailoverEvent {
    public ServiceHeld {
      Checks.present("service", service);
      Checks.text("reason", reason);
      Checks.present("rationale", rationale);
    }
  }
}
