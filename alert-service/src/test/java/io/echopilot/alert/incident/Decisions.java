package io.echopilot.alert.incident;

import io.echopilot.events.Confirmation;
import io.echopilot.events.DecisionId;
import io.echopilot.events.Epoch;
import io.echopilot.events.FailoverEvent;
import io.echopilot.events.FailoverEvent.FailbackCompleted;
import io.echopilot.events.FailoverEvent.FailbackStarted;
import io.echopilot.events.FailoverEvent.FailoverBlocked;
import io.echopilot.events.FailoverEvent.FailoverCompleted;
import io.echopilot.events.FailoverEvent.FailoverStarted;
import io.echopilot.events.FailoverEvent.ObservationCompleted;
import io.echopilot.events.FailoverEvent.RecoveryStarted;
import io.echopilot.events.FailoverEvent.RouteDrifted;
import io.echopilot.events.FailoverEvent.RouteEstablished;
import io.echopilot.events.FailoverEvent.RouteReasserted;
import io.echopilot.events.FailoverEvent.ServiceHeld;
import io.echopilot.events.FailoverEvent.SiteCleared;
import io.echopilot.events.FailoverEvent.SiteSuspected;
import io.echopilot.events.FailoverEvent.TrafficSwitchFailed;
import io.echopilot.events.Rationale;
import io.echopilot.events.Route;
import io.echopilot.events.ServiceId;
import io.echopilot.events.SiteId;
import java.time.Instant;
import java.util.List;

/** What failover-service may say of one service, a second apart. */
public final class Decisions {
  static final ServiceId CHECKOUT = new ServiceId("checkout");
  private static final Instant START = Instant.parse("2026-11-24T03:00:00Z");
  private static final SiteId PRIMARY = new SiteId("primary");
  private static final SiteId FALLBACK = new SiteId("fallback");
  private static final Epoch EPOCH = new Epoch(0, 1);
  private static final DecisionId DECISION = new DecisionId("d1");

  private final ServiceId service;
  private long sequence;

  public Decisions(String service) {
    this.service = new ServiceId(service);
  }

  private Rationale why(String rule) {
    sequence++;
    return new Rationale(
        sequence, START.plusSeconds(sequence), null, "policy", List.of(rule), List.of());
  }

  public FailoverEvent suspected() {
    return new SiteSuspected(service, PRIMARY, why("primary fails at some location"));
  }

  public FailoverEvent cleared() {
    return new SiteCleared(service, PRIMARY, why("no location sees primary fail any more"));
  }

  public FailoverEvent started() {
    return new FailoverStarted(
        service, PRIMARY, FALLBACK, EPOCH, DECISION, why("2 of 3 locations vote primary down"));
  }

  public FailoverEvent blocked() {
    return new FailoverBlocked(service, PRIMARY, why("no other site is healthy"));
  }

  public FailoverEvent switchFailed(int attempt) {
    return new TrafficSwitchFailed(
        service, FALLBACK, EPOCH, DECISION, attempt, "no answer", START, why("no answer"));
  }

  public FailoverEvent completed() {
    return new FailoverCompleted(
        service,
        PRIMARY,
        FALLBACK,
        EPOCH,
        DECISION,
        Confirmation.ENTRYPOINT,
        START.plusSeconds(sequence),
        why("the entrypoint is served by fallback"));
  }

  public FailoverEvent recovering() {
    return new RecoveryStarted(
        service, PRIMARY, START, START.plusSeconds(1800), why("primary is healthy"));
  }

  public FailoverEvent returning() {
    return new FailbackStarted(
        service,
        FALLBACK,
        PRIMARY,
        EPOCH,
        DECISION,
        why("healthy since 2026-11-24T03:00:00.123Z, long enough"));
  }

  public FailoverEvent returned() {
    return new FailbackCompleted(
        service,
        FALLBACK,
        PRIMARY,
        EPOCH,
        DECISION,
        Confirmation.ROUTE,
        START,
        START.plusSeconds(3600),
        why("the edge confirms the route"));
  }

  public FailoverEvent observed() {
    return new ObservationCompleted(service, PRIMARY, why("primary was watched"));
  }

  public FailoverEvent drifted() {
    return new RouteDrifted(
        service,
        PRIMARY,
        EPOCH,
        new Route(FALLBACK, EPOCH, DECISION),
        why("the edge was changed by somebody else"));
  }

  public FailoverEvent reasserted() {
    return new RouteReasserted(service, PRIMARY, EPOCH, DECISION, why("in force"));
  }

  public FailoverEvent held() {
    return new ServiceHeld(service, "somebody else moved the traffic", why("higher epoch"));
  }

  public FailoverEvent established() {
    return new RouteEstablished(service, PRIMARY, EPOCH, why("the route was read back"));
  }
}
