package io.echopilot.failover.decision;

import io.echopilot.events.DecisionId;
import io.echopilot.events.Epoch;
import io.echopilot.events.FailoverEvent.RouteDrifted;
import io.echopilot.events.FailoverEvent.RouteEstablished;
import io.echopilot.events.FailoverEvent.ServiceHeld;
import io.echopilot.events.FailoverEvent.SwitchAdopted;
import io.echopilot.events.Route;
import io.echopilot.events.SiteId;
import io.echopilot.events.TrafficResult;
import io.echopilot.events.TrafficResult.RouteObserved;
import io.echopilot.events.TrafficResult.RouteUnreadable;
import io.echopilot.events.TrafficResult.SwitchApplied;
import io.echopilot.events.TrafficResult.SwitchErrored;
import io.echopilot.events.TrafficResult.SwitchRefused;
import io.echopilot.failover.decision.State.FailedOver;
import io.echopilot.failover.decision.State.Held;
import io.echopilot.failover.decision.State.Moving;
import io.echopilot.failover.decision.State.Steady;
import io.echopilot.failover.decision.State.Step;
import io.echopilot.failover.decision.State.Unknown;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.Optional;

/** What the edge said, and what follows from it. */
final class Reports {
  /** A read-back this close to a switch may have been asked before it. */
  private static final Duration READ_BACK_DOUBT = Duration.ofSeconds(2);

  private Reports() {}

  static void heard(Journal journal, TrafficResult report) {
    switch (report) {
      case SwitchApplied applied ->
          moving(journal, applied.epoch(), applied.decisionId())
              .filter(moving -> moving.move().step() != Step.CONFIRMING)
              .ifPresent(moving -> Progress.applied(journal, moving, applied.attempt()));
      case SwitchErrored errored ->
          moving(journal, errored.epoch(), errored.decisionId())
              .filter(moving -> moving.move().step() == Step.REQUESTED)
              .filter(moving -> moving.move().attempt() == errored.attempt())
              .ifPresent(moving -> Progress.failed(journal, moving, errored.reason()));
      case SwitchRefused refused ->
          moving(journal, refused.epoch(), refused.decisionId())
              .ifPresent(_ -> adopt(journal, refused.current(), refused.reason()));
      case RouteObserved observed -> observed(journal, observed);
      case RouteUnreadable unreadable ->
          journal.refine(
              journal
                  .service()
                  .with(
                      journal.service().route(),
                      journal.service().routeSince(),
                      unreadable.reason()));
    }
  }

  /** The switch under way, if the report is about it and not about an earlier one. */
  private static Optional<Moving> moving(Journal journal, Epoch epoch, DecisionId decision) {
    return journal.service().state() instanceof Moving moving
            && moving.move().epoch().equals(epoch)
            && moving.move().decisionId().equals(decision)
        ? Optional.of(moving)
        : Optional.empty();
  }

  private static void observed(Journal journal, RouteObserved observed) {
    Route seen = observed.route();
    if (isForeign(journal, seen) && !(journal.service().state() instanceof Unknown)) {
      adopt(
          journal,
          seen,
          "the edge shows epoch %s, issued were up to %s"
              .formatted(seen.epoch(), journal.service().issued()));
      return;
    }
    switch (journal.service().state()) {
      case Unknown _ -> established(journal, seen);
      case Moving moving -> {
        if (moving.move().decisionId().equals(seen.decisionId())
            && moving.move().step() != Step.CONFIRMING) {
          Progress.applied(journal, moving, moving.move().attempt());
        }
      }
      case Held _ -> journal.route(seen);
      case State.Resting _, State.Suspect _, State.Blocked _ -> compare(journal, observed);
    }
  }

  private static boolean isForeign(Journal journal, Route seen) {
    return seen.epoch().isAfter(journal.service().issued());
  }

  private static void established(Journal journal, Route seen) {
    SiteId site = seen.site();
    boolean ours = !isForeign(journal, seen) || journal.service().sequence() == 0;
    journal.route(seen);
    if (site == null) {
      return;
    }
    if (!journal.service().definition().hasSite(site)) {
      hold(
          journal,
          "the edge sends traffic to %s, which is no site of this service".formatted(site));
      return;
    }
    if (!ours) {
      adopt(journal, seen, "the edge shows a higher epoch than was issued");
      return;
    }
    boolean onPrimary = site.equals(journal.service().definition().primary());
    journal.enter(
        onPrimary ? new Steady() : new FailedOver(),
        List.of("the edge sends the traffic to %s".formatted(site)),
        List.of(),
        why -> new RouteEstablished(journal.id(), site, seen.epoch(), why));
  }

  private static void compare(Journal journal, RouteObserved observed) {
    Route decided = Objects.requireNonNull(journal.service().route());
    SiteId expected = Objects.requireNonNull(decided.site());
    Route seen = observed.route();
    if (expected.equals(seen.site())) {
      journal.refine(journal.service().with(decided, journal.service().routeSince(), null));
      return;
    }
    if (observed.at().isBefore(journal.service().routeSince().plus(READ_BACK_DOUBT))) {
      return;
    }
    String rule = "the edge sends the traffic to %s instead of %s".formatted(seen.site(), expected);
    switch (journal.policy().drift()) {
      case REASSERT ->
          Switches.reassert(
              journal,
              expected,
              List.of(rule),
              List.of(why -> new RouteDrifted(journal.id(), expected, decided.epoch(), seen, why)));
      case HOLD -> {
        journal.route(new Route(seen.site(), decided.epoch(), decided.decisionId()));
        journal.enter(
            new Held(rule),
            List.of(rule, "the policy says to hold"),
            List.of(),
            why -> new RouteDrifted(journal.id(), expected, decided.epoch(), seen, why),
            why -> new ServiceHeld(journal.id(), rule, why));
      }
    }
  }

  /** Somebody else moved the traffic: it stays there, and a person must say how to go on. */
  private static void adopt(Journal journal, Route seen, String reason) {
    journal.route(seen);
    journal.enter(
        new Held(reason),
        List.of(reason, "somebody else moved the traffic, so it is left alone"),
        List.of(),
        why -> new SwitchAdopted(journal.id(), seen, why),
        why -> new ServiceHeld(journal.id(), reason, why));
  }

  static void hold(Journal journal, String reason) {
    journal.enter(
        new Held(reason),
        List.of(reason),
        List.of(),
        why -> new ServiceHeld(journal.id(), reason, why));
  }
}
