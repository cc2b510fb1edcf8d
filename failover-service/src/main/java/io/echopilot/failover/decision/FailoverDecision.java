package io.echopilot.failover.decision;

import io.echopilot.events.FailoverEvent;
import io.echopilot.events.RecordPosition;
import io.echopilot.events.ServiceDefinition;
import io.echopilot.events.ServiceEvent.ServiceDefined;
import io.echopilot.events.SiteId;
import io.echopilot.failover.decision.Input.AnomalyArrived;
import io.echopilot.failover.decision.Input.Arrival;
import io.echopilot.failover.decision.Input.DeadlineReached;
import io.echopilot.failover.decision.Input.DefinitionArrived;
import io.echopilot.failover.decision.Input.ProbeArrived;
import io.echopilot.failover.decision.Input.SloArrived;
import io.echopilot.failover.decision.Input.TrafficArrived;
import io.echopilot.failover.decision.State.Blocked;
import io.echopilot.failover.decision.State.Held;
import io.echopilot.failover.decision.State.Moving;
import io.echopilot.failover.decision.State.Recovering;
import io.echopilot.failover.decision.State.Resting;
import io.echopilot.failover.decision.State.Suspect;
import io.echopilot.failover.decision.State.Unknown;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * The decision: what a service's state becomes when something arrives, and what is to be said and
 * done about it. The same inputs in the same order give the same events.
 *
 * @param state the new state
 * @param events what happened, in order; among them the requests that an actuator carries out
 */
public record FailoverDecision(ServiceState state, List<FailoverEvent> events) {
  /** No input sets off more transitions; a rule that would is a bug. */
  private static final int MOST_STEPS = 8;

  public FailoverDecision {
    events = List.copyOf(events);
  }

  /**
   * Decides.
   *
   * @param time append time of the record that arrived, or the wall clock for a deadline
   */
  public static FailoverDecision decide(ServiceState before, Input input, Instant time) {
    Instant now = time.isAfter(before.now()) ? time : before.now();
    Journal journal = new Journal(before.at(now), cause(input));
    switch (input) {
      case DefinitionArrived(ServiceDefined event, RecordPosition _) -> redefine(journal, event);
      case ProbeArrived probe ->
          journal.refine(
              journal
                  .service()
                  .with(
                      Intake.probe(
                          before.definition(),
                          before.facts(),
                          probe.event(),
                          probe.position(),
                          time)));
      case SloArrived slo ->
          journal.refine(
              journal.service().with(Intake.slo(before.facts(), slo.event(), slo.position())));
      case AnomalyArrived anomaly ->
          journal.refine(
              journal
                  .service()
                  .with(Intake.anomaly(before.facts(), anomaly.event(), anomaly.position())));
      case TrafficArrived traffic -> Reports.heard(journal, traffic.event());
      case DeadlineReached _ -> {}
    }
    for (int steps = 0; Rules.step(journal); steps++) {
      if (steps == MOST_STEPS) {
        throw new IllegalStateException("the rules do not settle: " + journal.service());
      }
    }
    return new FailoverDecision(journal.service(), journal.events());
  }

  private static @Nullable RecordPosition cause(Input input) {
    return switch (input) {
      case Arrival arrival -> arrival.position();
      case DeadlineReached _ -> null;
    };
  }

  /** When time alone may change something; empty when it won't. */
  public static Optional<Instant> nextDeadline(ServiceState service) {
    Optional<Instant> ofState =
        switch (service.state()) {
          case Unknown _, Held _ -> Optional.empty();
          case Moving moving -> Optional.of(moving.move().deadline());
          case Resting resting -> deadline(resting, service.now());
          case Suspect suspect -> deadline(suspect.before(), service.now());
          case Blocked blocked -> deadline(blocked.before(), service.now());
        };
    Ballot ballot = new Ballot(service.definition(), service.facts(), service.now());
    // A result is fresh up to and including this instant, so the vote changes just after it.
    Optional<Instant> stale = ballot.firstStale().map(until -> until.plusMillis(1));
    return Stream.of(ofState, stale).flatMap(Optional::stream).min(Instant::compareTo);
  }

  /** A wait that has passed and still holds waits for a vote, not for time. */
  private static Optional<Instant> deadline(Resting resting, Instant now) {
    Optional<Instant> deadline =
        switch (resting) {
          case State.Steady _, State.FailedOver _ -> Optional.empty();
          case Recovering recovering -> Optional.of(recovering.failbackAt());
          case State.Observing observing -> Optional.of(observing.until());
        };
    return deadline.filter(until -> until.isAfter(now));
  }

  private static void redefine(Journal journal, ServiceDefined event) {
    ServiceState service = journal.service();
    if (event.revision() <= service.revision()) {
      return;
    }
    ServiceDefinition old = service.definition();
    ServiceDefinition changed = event.definition();
    Facts kept =
        service
            .facts()
            .keeping(
                key ->
                    changed.locations().contains(key.location())
                        && sameSite(old, changed, key.site())
                        && old.probe(key.probe()).equals(changed.probe(key.probe())),
                location ->
                    changed.locations().contains(location)
                        && Objects.equals(old.entrypoint(), changed.entrypoint()));
    journal.refine(service.with(changed, event.revision(), event.hash()).with(kept));
    adjust(journal, changed);
  }

  private static boolean sameSite(ServiceDefinition old, ServiceDefinition changed, SiteId site) {
    return changed.sites().stream()
        .filter(candidate -> candidate.id().equals(site))
        .anyMatch(old.sites()::contains);
  }

  /** The state must make sense under the new definition. */
  private static void adjust(Journal journal, ServiceDefinition changed) {
    ServiceState service = journal.service();
    Optional<SiteId> gone =
        Stream.concat(
                service.active().stream(),
                service.state() instanceof Moving moving
                    ? Stream.of(moving.move().to())
                    : Stream.empty())
            .filter(site -> !changed.hasSite(site))
            .findFirst();
    if (gone.isPresent() && !(service.state() instanceof Held)) {
      Reports.hold(
          journal,
          "%s has or gets the traffic, but is no site of the definition any more"
              .formatted(gone.get()));
      return;
    }
    service
        .active()
        .filter(active -> !fits(service.state(), active.equals(changed.primary())))
        .ifPresent(active ->
            journal.enter(
                active.equals(changed.primary()) ? new State.Steady() : new State.FailedOver(),
                List.of("the definition names %s as primary now".formatted(changed.primary())),
                List.of()));
  }

  private static boolean fits(State state, boolean onPrimary) {
    return switch (state) {
      case State.Steady _, State.Observing _ -> onPrimary;
      case State.FailedOver _, Recovering _ -> !onPrimary;
      case Suspect suspect -> fits(suspect.before(), onPrimary);
      case Blocked blocked -> fits(blocked.before(), onPrimary);
      case Unknown _, Moving _, Held _ -> true;
    };
  }
}
