package io.echopilot.failover.decision;

import io.echopilot.events.DecisionId;
import io.echopilot.events.Epoch;
import io.echopilot.events.Evidence;
import io.echopilot.events.FailoverEvent;
import io.echopilot.events.FailoverEvent.FailbackStarted;
import io.echopilot.events.FailoverEvent.FailoverStarted;
import io.echopilot.events.FailoverEvent.TrafficSwitchRequested;
import io.echopilot.events.Rationale;
import io.echopilot.events.Route;
import io.echopilot.events.ServiceDefinition;
import io.echopilot.events.SiteId;
import io.echopilot.failover.decision.State.Move;
import io.echopilot.failover.decision.State.Purpose;
import io.echopilot.failover.decision.State.Recovering;
import io.echopilot.failover.decision.State.Step;
import io.echopilot.failover.decision.State.Switching;
import io.echopilot.failover.decision.State.SwitchingBack;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** How a switch begins; {@link Progress} says how it goes on. */
final class Switches {
  private Switches() {}

  static void failOver(Journal journal, SiteId from, SiteId to) {
    Ballot ballot = journal.ballot();
    ServiceDefinition definition = journal.service().definition();
    journal.countFailover();
    Move move = newMove(journal, from, to);
    List<Evidence> evidence =
        Stream.concat(ballot.against(from).stream(), ballot.inFavourOf(to).stream())
            .limit(Rationale.MOST_EVIDENCE)
            .toList();
    journal.enter(
        new Switching(Purpose.FAILOVER, move),
        List.of(Sentences.down(ballot, definition, from), Sentences.target(ballot, definition, to)),
        evidence,
        why -> new FailoverStarted(journal.id(), from, to, move.epoch(), move.decisionId(), why),
        request(journal, move));
  }

  static void failBack(Journal journal, Recovering recovering) {
    SiteId to = journal.service().definition().primary();
    SiteId from = journal.service().active().orElseThrow();
    Move move = newMove(journal, from, to);
    journal.enter(
        new SwitchingBack(move),
        List.of(
            "%s is healthy since %s, long enough for traffic to return"
                .formatted(to, Sentences.time(recovering.healthySince()))),
        journal.ballot().inFavourOf(to),
        why -> new FailbackStarted(journal.id(), from, to, move.epoch(), move.decisionId(), why),
        request(journal, move));
  }

  /** Puts the decided route back at the edge, under a new epoch. */
  static void reassert(
      Journal journal,
      SiteId to,
      List<String> rules,
      List<Function<Rationale, FailoverEvent>> saying) {
    Move move = newMove(journal, journal.service().active().orElse(null), to);
    journal.enter(
        new Switching(Purpose.REASSERT, move),
        rules,
        List.of(),
        Stream.concat(saying.stream(), Stream.of(request(journal, move))).toList());
  }

  /** The edge has no route yet: the first healthy site gets the traffic. */
  static boolean establish(Journal journal) {
    Route route = journal.service().route();
    if (route == null || route.site() != null) {
      return false;
    }
    Optional<SiteId> target = journal.ballot().firstTarget(List.of());
    target.ifPresent(to ->
        reassert(
            journal,
            to,
            List.of("the edge has no route, and %s is the first healthy site".formatted(to)),
            List.of()));
    return target.isPresent();
  }

  private static Move newMove(Journal journal, @Nullable SiteId from, SiteId to) {
    Epoch epoch = journal.nextEpoch();
    DecisionId decision = journal.decisionId(epoch, to);
    Instant deadline = journal.now().plus(journal.policy().switchTimeout());
    return new Move(from, to, epoch, decision, 1, journal.now(), Step.REQUESTED, deadline);
  }

  /** Asks an actuator to carry the move out. */
  static Function<Rationale, FailoverEvent> request(Journal journal, Move move) {
    return why ->
        new TrafficSwitchRequested(
            journal.id(),
            move.to(),
            move.epoch(),
            move.decisionId(),
            move.attempt(),
            move.deadline(),
            journal.service().definition().traffic().webhook(),
            why);
  }
}
