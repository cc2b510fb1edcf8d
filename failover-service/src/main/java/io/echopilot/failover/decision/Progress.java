package io.echopilot.failover.decision;

import static io.echopilot.events.Vote.DOWN;

import io.echopilot.events.Confirmation;
import io.echopilot.events.FailoverEvent.FailbackCompleted;
import io.echopilot.events.FailoverEvent.FailoverCompleted;
import io.echopilot.events.FailoverEvent.RouteReasserted;
import io.echopilot.events.FailoverEvent.TrafficSwitchFailed;
import io.echopilot.events.FailoverEvent.TrafficSwitched;
import io.echopilot.events.Route;
import io.echopilot.events.SiteId;
import io.echopilot.failover.decision.State.FailedOver;
import io.echopilot.failover.decision.State.Move;
import io.echopilot.failover.decision.State.Moving;
import io.echopilot.failover.decision.State.Observing;
import io.echopilot.failover.decision.State.Purpose;
import io.echopilot.failover.decision.State.Resting;
import io.echopilot.failover.decision.State.Steady;
import io.echopilot.failover.decision.State.Step;
import io.echopilot.failover.decision.State.Switching;
import io.echopilot.failover.decision.State.SwitchingBack;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/** How a switch goes on: it is confirmed, retried, or given up for another. */
final class Progress {
  /** Each retry waits twice as long as the one before, up to 2^5 times the first. */
  private static final int MOST_DOUBLINGS = 5;

  private Progress() {}

  /** What time and votes do to a switch under way. */
  static boolean step(Journal journal, Moving moving) {
    Move move = moving.move();
    if (journal.ballot().vote(move.to()) == DOWN) {
      return giveUp(journal, move);
    }
    if (move.step() == Step.CONFIRMING
        && journal.ballot().entrypointShows(move.to(), journal.service().routeSince())) {
      complete(journal, moving, Confirmation.ENTRYPOINT);
      return true;
    }
    if (!journal.isDue(move.deadline())) {
      return false;
    }
    switch (move.step()) {
      case REQUESTED -> failed(journal, moving, "no answer from the actuator before the deadline");
      case CONFIRMING ->
          failed(journal, moving, "the entrypoint does not show %s yet".formatted(move.to()));
      case WAITING_TO_RETRY -> retry(journal, moving);
    }
    return true;
  }

  /** The site that traffic is going to went down itself. */
  private static boolean giveUp(Journal journal, Move move) {
    Optional<SiteId> other = journal.ballot().firstTarget(List.of(move.to()));
    if (other.isPresent()) {
      Switches.failOver(journal, move.to(), other.get());
      return true;
    }
    Optional<SiteId> active = journal.service().active();
    if (active.isEmpty() || journal.ballot().vote(active.get()) != DOWN) {
      return false;
    }
    return Rules.leave(journal, restingOn(journal, active.get()), active.get());
  }

  /** The edge says that the switch took effect. */
  static void applied(Journal journal, Moving moving, int attempt) {
    Move move = moving.move();
    journal.route(new Route(move.to(), move.epoch(), move.decisionId()));
    Move confirming = move.at(Step.CONFIRMING, journal.now().plus(backOff(journal, move)));
    journal.enter(
        moving.with(confirming),
        List.of("the edge sends the traffic to %s".formatted(move.to())),
        List.of(),
        why ->
            new TrafficSwitched(
                journal.id(), move.to(), move.epoch(), move.decisionId(), attempt, why));
    if (!showsSite(journal)) {
      complete(journal, moving, Confirmation.ROUTE);
    }
  }

  static void failed(Journal journal, Moving moving, String reason) {
    Move move = moving.move();
    Instant retryAt = journal.now().plus(backOff(journal, move));
    journal.enter(
        moving.with(move.at(Step.WAITING_TO_RETRY, retryAt)),
        List.of(reason),
        move.step() == Step.CONFIRMING ? journal.ballot().entrypoint() : List.of(),
        why ->
            new TrafficSwitchFailed(
                journal.id(),
                move.to(),
                move.epoch(),
                move.decisionId(),
                move.attempt(),
                reason,
                retryAt,
                why));
  }

  private static void retry(Journal journal, Moving moving) {
    Move before = moving.move();
    Move move = before.retry(journal.now().plus(backOff(journal, before)));
    journal.enter(
        moving.with(move),
        List.of("attempt %d to move the traffic to %s".formatted(move.attempt(), move.to())),
        List.of(),
        Switches.request(journal, move));
  }

  private static Duration backOff(Journal journal, Move move) {
    int doublings = Math.min(move.attempt() - 1, MOST_DOUBLINGS);
    return journal.policy().switchTimeout().multipliedBy(1L << doublings);
  }

  private static boolean showsSite(Journal journal) {
    var entrypoint = journal.service().definition().entrypoint();
    return entrypoint != null && entrypoint.siteFrom() != null;
  }

  private static void complete(Journal journal, Moving moving, Confirmation by) {
    Move move = moving.move();
    Instant observeUntil = journal.now().plus(journal.policy().observe());
    boolean returned =
        !(moving instanceof Switching(Purpose purpose, Move _) && purpose == Purpose.REASSERT);
    Resting resting = restingOn(journal, move.to());
    Resting next = returned && resting instanceof Steady ? new Observing(observeUntil) : resting;
    SiteId from = move.from() == null ? move.to() : move.from();
    String rule =
        switch (by) {
          case ENTRYPOINT -> "the entrypoint is served by %s".formatted(move.to());
          case ROUTE -> "the edge confirms the route; the entrypoint does not tell the site";
        };
    journal.enter(
        next,
        List.of(rule),
        journal.ballot().entrypoint(),
        why ->
            switch (moving) {
              case SwitchingBack _ ->
                  new FailbackCompleted(
                      journal.id(),
                      from,
                      move.to(),
                      move.epoch(),
                      move.decisionId(),
                      by,
                      move.startedAt(),
                      observeUntil,
                      why);
              case Switching(Purpose purpose, Move _) when purpose == Purpose.REASSERT ->
                  new RouteReasserted(
                      journal.id(), move.to(), move.epoch(), move.decisionId(), why);
              case Switching _ ->
                  new FailoverCompleted(
                      journal.id(),
                      from,
                      move.to(),
                      move.epoch(),
                      move.decisionId(),
                      by,
                      move.startedAt(),
                      why);
            });
  }

  /** Where a service rests once its traffic is on this site. */
  static Resting restingOn(Journal journal, SiteId site) {
    return site.equals(journal.service().definition().primary()) ? new Steady() : new FailedOver();
  }
}
