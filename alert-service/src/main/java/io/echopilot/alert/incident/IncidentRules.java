package io.echopilot.alert.incident;

import static io.echopilot.alert.incident.OpenIncident.Stage.AWAY;
import static io.echopilot.alert.incident.OpenIncident.Stage.LEAVING;
import static io.echopilot.alert.incident.OpenIncident.Stage.RETURNING;
import static io.echopilot.alert.incident.OpenIncident.Stage.STUCK;
import static io.echopilot.events.IncidentCause.DRIFT;
import static io.echopilot.events.IncidentCause.FAILOVER;
import static io.echopilot.events.IncidentCause.HELD;
import static io.echopilot.events.IncidentLevel.DEGRADED;
import static io.echopilot.events.IncidentLevel.PARTIAL_OUTAGE;
import static io.echopilot.events.IncidentLevel.TOTAL_OUTAGE;

import io.echopilot.alert.incident.OpenIncident.Stage;
import io.echopilot.events.FailoverEvent;
import io.echopilot.events.FailoverEvent.FailbackCompleted;
import io.echopilot.events.FailoverEvent.FailbackStarted;
import io.echopilot.events.FailoverEvent.FailoverBlocked;
import io.echopilot.events.FailoverEvent.FailoverCompleted;
import io.echopilot.events.FailoverEvent.FailoverStarted;
import io.echopilot.events.FailoverEvent.ObservationCompleted;
import io.echopilot.events.FailoverEvent.RecoveryInterrupted;
import io.echopilot.events.FailoverEvent.RecoveryStarted;
import io.echopilot.events.FailoverEvent.RouteDrifted;
import io.echopilot.events.FailoverEvent.RouteEstablished;
import io.echopilot.events.FailoverEvent.RouteReasserted;
import io.echopilot.events.FailoverEvent.ServiceHeld;
import io.echopilot.events.FailoverEvent.SiteCleared;
import io.echopilot.events.FailoverEvent.SiteSuspected;
import io.echopilot.events.FailoverEvent.SwitchAdopted;
import io.echopilot.events.FailoverEvent.TrafficSwitchFailed;
import io.echopilot.events.FailoverEvent.TrafficSwitchRequested;
import io.echopilot.events.FailoverEvent.TrafficSwitched;
import io.echopilot.events.IncidentCause;
import io.echopilot.events.IncidentEvent;
import io.echopilot.events.RecordPosition;
import io.echopilot.events.ServiceEvent.ServiceRemoved;
import java.time.Instant;
import java.util.List;

/**
 * The rules, in one screen: people hear when a site is down and what became of the traffic, when
 * the edge drifts, and when EchoPilot steps back. A suspicion that comes to nothing wakes nobody.
 */
public final class IncidentRules {
  /** So many attempts to move traffic away from a dead site, and it is an outage for all. */
  private static final int HOPEFUL_ATTEMPTS = 2;

  private IncidentRules() {}

  /**
   * What follows from an event.
   *
   * @param incidents what is open from now on
   * @param events what is published, in order
   */
  public record Outcome(ServiceIncidents incidents, List<IncidentEvent> events) {}

  /** Applies the rules to what failover-service decided. */
  public static Outcome apply(ServiceIncidents before, FailoverEvent event, RecordPosition at) {
    Log log =
        new Log(before, event.service(), event.rationale().now(), at, event.rationale().sequence());
    write(log, event);
    return new Outcome(log.incidents(), List.copyOf(log.events()));
  }

  /** A service that is protected no more has no incidents. */
  public static Outcome apply(
      ServiceIncidents before, ServiceRemoved event, Instant now, RecordPosition at) {
    Log log = new Log(before, event.service(), now, at, event.revision());
    for (IncidentCause cause : IncidentCause.values()) {
      log.resolve(cause, "protected no more", "the service was removed from the definitions");
    }
    return new Outcome(log.incidents(), List.copyOf(log.events()));
  }

  private static void write(Log log, FailoverEvent event) {
    switch (event) {
      case FailoverStarted e ->
          log.tell(
              FAILOVER,
              LEAVING,
              PARTIAL_OUTAGE,
              "%s is down, traffic goes to %s".formatted(e.from(), e.to()),
              "failover from %s to %s: %s".formatted(e.from(), e.to(), Sentences.why(e)));
      case FailoverBlocked e ->
          log.tell(
              FAILOVER,
              log.isOpen(FAILOVER) && !log.isAt(FAILOVER, STUCK) ? AWAY : STUCK,
              TOTAL_OUTAGE,
              "%s is down and no other site is healthy".formatted(e.site()),
              "traffic stays on %s: %s".formatted(e.site(), Sentences.why(e)));
      case TrafficSwitchFailed e -> switchFailed(log, e);
      case FailoverCompleted e ->
          log.tell(
              FAILOVER,
              AWAY,
              PARTIAL_OUTAGE,
              "%s serves, %s is down".formatted(e.to(), e.from()),
              "%s serves%s, %s after the decision"
                  .formatted(
                      e.to(),
                      Sentences.proof(e.confirmation()),
                      Sentences.since(e.startedAt(), e)));
      case SiteCleared e -> cleared(log, e);
      case RecoveryStarted e ->
          log.add(
              FAILOVER,
              AWAY,
              "%s is healthy again, traffic returns at %s at the earliest"
                  .formatted(e.site(), Sentences.clock(e.failbackAt())),
              "%s is healthy since %s".formatted(e.site(), Sentences.clock(e.healthySince())));
      case RecoveryInterrupted e ->
          log.add(
              FAILOVER,
              AWAY,
              "%s failed again before traffic returned".formatted(e.site()),
              Sentences.why(e));
      case FailbackStarted e ->
          log.add(
              FAILOVER,
              RETURNING,
              "traffic returns to %s".formatted(e.to()),
              "failback from %s to %s: %s".formatted(e.from(), e.to(), Sentences.why(e)));
      case FailbackCompleted e ->
          log.add(
              FAILOVER,
              AWAY,
              "%s serves again, watched until %s"
                  .formatted(e.to(), Sentences.clock(e.observeUntil())),
              "%s serves%s".formatted(e.to(), Sentences.proof(e.confirmation())));
      case ObservationCompleted e ->
          log.resolve(
              FAILOVER,
              "%s serves as before".formatted(e.site()),
              "%s did well since traffic returned".formatted(e.site()));
      case RouteDrifted e ->
          log.tell(
              DRIFT,
              STUCK,
              DEGRADED,
              "the edge sends traffic to %s instead of %s"
                  .formatted(Sentences.name(e.observed()), e.expected()),
              Sentences.why(e));
      case RouteReasserted e ->
          log.resolve(
              DRIFT,
              "the route to %s is in force again".formatted(e.site()),
              "the edge sends traffic to %s again".formatted(e.site()));
      case ServiceHeld e -> held(log, e);
      case RouteEstablished e ->
          log.resolve(
              HELD, "protected again, %s serves".formatted(e.site()), "the route was read back");
      // What these say is told by the event before or after them, or is no reason to wake anybody.
      case SiteSuspected _, TrafficSwitchRequested _, TrafficSwitched _, SwitchAdopted _ -> {}
    }
  }

  private static void switchFailed(Log log, TrafficSwitchFailed event) {
    String what =
        "attempt %d to send traffic to %s failed: %s"
            .formatted(event.attempt(), event.site(), event.reason());
    String title = "traffic can't be moved to %s yet".formatted(event.site());
    if (log.isAt(FAILOVER, LEAVING) && event.attempt() > HOPEFUL_ATTEMPTS) {
      log.tell(FAILOVER, LEAVING, TOTAL_OUTAGE, title, what);
      return;
    }
    Stage stage = log.isAt(FAILOVER, LEAVING) ? LEAVING : RETURNING;
    IncidentCause about = log.isAt(FAILOVER, stage) ? FAILOVER : DRIFT;
    log.add(about, about == FAILOVER ? stage : STUCK, title, what);
  }

  private static void cleared(Log log, SiteCleared event) {
    String title = "%s answers again, nothing was moved".formatted(event.site());
    if (log.isAt(FAILOVER, STUCK)) {
      log.resolve(FAILOVER, title, Sentences.why(event));
    } else if (log.isAt(FAILOVER, TOTAL_OUTAGE)) {
      log.tell(FAILOVER, AWAY, PARTIAL_OUTAGE, title, Sentences.why(event));
    }
  }

  private static void held(Log log, ServiceHeld event) {
    log.resolve(FAILOVER, "EchoPilot steps back", event.reason());
    log.resolve(DRIFT, "EchoPilot steps back", event.reason());
    log.tell(
        HELD,
        STUCK,
        PARTIAL_OUTAGE,
        "nothing is moved until a person releases the service",
        event.reason());
  }
}
