package io.echopilot.failover.decision;

import static io.echopilot.events.Vote.DOWN;

import io.echopilot.events.Failback;
import io.echopilot.events.FailoverEvent.FailoverBlocked;
import io.echopilot.events.FailoverEvent.ObservationCompleted;
import io.echopilot.events.FailoverEvent.RecoveryInterrupted;
import io.echopilot.events.FailoverEvent.RecoveryStarted;
import io.echopilot.events.FailoverEvent.SiteCleared;
import io.echopilot.events.FailoverEvent.SiteSuspected;
import io.echopilot.events.SiteId;
import io.echopilot.failover.decision.State.Blocked;
import io.echopilot.failover.decision.State.FailedOver;
import io.echopilot.failover.decision.State.Held;
import io.echopilot.failover.decision.State.Moving;
import io.echopilot.failover.decision.State.Observing;
import io.echopilot.failover.decision.State.Recovering;
import io.echopilot.failover.decision.State.Resting;
import io.echopilot.failover.decision.State.Steady;
import io.echopilot.failover.decision.State.Suspect;
import io.echopilot.failover.decision.State.Unknown;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;

/**
 * When traffic moves. The rule, whichever site is active: when enough listed locations vote it
 * down, traffic goes to the first other site that enough locations find healthy, and stays when
 * there is none. When the primary has been healthy for long enough, traffic returns.
 */
final class Rules {
  private Rules() {}

  /** Applies at most one rule; false when none applies any more. */
  static boolean step(Journal journal) {
    return switch (journal.service().state()) {
      case Unknown _ -> Switches.establish(journal);
      case Resting resting -> rest(journal, resting);
      case Suspect suspect -> suspect(journal, suspect);
      case Blocked blocked -> blocked(journal, blocked);
      case Moving moving -> Progress.step(journal, moving);
      case Held _ -> false;
    };
  }

  private static boolean rest(Journal journal, Resting resting) {
    SiteId active = journal.service().active().orElseThrow();
    Ballot ballot = journal.ballot();
    if (ballot.vote(active) == DOWN) {
      return leave(journal, resting, active);
    }
    if (ballot.isSuspect(active)) {
      journal.enter(
          new Suspect(resting, active),
          List.of(Sentences.suspicion(ballot, active)),
          ballot.against(active),
          why -> new SiteSuspected(journal.id(), active, why));
      return true;
    }
    return returnToPrimary(journal, resting, itself -> itself);
  }

  private static boolean suspect(Journal journal, Suspect suspect) {
    Ballot ballot = journal.ballot();
    if (ballot.vote(suspect.site()) == DOWN) {
      return leave(journal, suspect.before(), suspect.site());
    }
    if (!ballot.isSuspect(suspect.site())) {
      return clear(journal, suspect.before(), suspect.site(), "no location sees %s fail any more");
    }
    return returnToPrimary(
        journal, suspect.before(), before -> new Suspect(before, suspect.site()));
  }

  private static boolean blocked(Journal journal, Blocked blocked) {
    if (journal.ballot().vote(blocked.site()) != DOWN) {
      return clear(
          journal, blocked.before(), blocked.site(), "too few locations vote %s down any more");
    }
    Optional<SiteId> target = journal.ballot().firstTarget(List.of(blocked.site()));
    target.ifPresent(to -> Switches.failOver(journal, blocked.site(), to));
    return target.isPresent();
  }

  private static boolean clear(Journal journal, Resting before, SiteId site, String reason) {
    journal.enter(
        before,
        List.of(reason.formatted(site)),
        journal.ballot().inFavourOf(site),
        why -> new SiteCleared(journal.id(), site, why));
    return true;
  }

  /** The active site is down: to the first healthy one, or nowhere. */
  static boolean leave(Journal journal, Resting before, SiteId down) {
    Ballot ballot = journal.ballot();
    Optional<SiteId> target = ballot.firstTarget(List.of(down));
    if (target.isPresent()) {
      Switches.failOver(journal, down, target.get());
    } else {
      journal.enter(
          new Blocked(before, down),
          List.of(
              Sentences.down(ballot, journal.service().definition(), down),
              "no other site has enough fresh successes, so traffic stays"),
          ballot.against(down),
          why -> new FailoverBlocked(journal.id(), down, why));
    }
    return true;
  }

  private static boolean returnToPrimary(
      Journal journal, Resting resting, Function<Resting, State> within) {
    return switch (resting) {
      case Steady _ -> false;
      case FailedOver _ -> recover(journal, within);
      case Recovering recovering -> failBack(journal, recovering, within);
      case Observing observing -> settle(journal, observing, within);
    };
  }

  private static boolean recover(Journal journal, Function<Resting, State> within) {
    SiteId primary = journal.service().definition().primary();
    Optional<Instant> healthySince = journal.ballot().healthySince(primary);
    if (healthySince.isEmpty() || !journal.ballot().isTarget(primary)) {
      return false;
    }
    Recovering next =
        new Recovering(healthySince.get(), healthySince.get().plus(journal.failbackWait()));
    journal.enter(
        within.apply(next),
        List.of(
            "%s is healthy since %s".formatted(primary, Sentences.time(next.healthySince())),
            "traffic returns after %s of health"
                .formatted(Sentences.duration(journal.failbackWait()))),
        journal.ballot().inFavourOf(primary),
        why ->
            new RecoveryStarted(
                journal.id(), primary, next.healthySince(), next.failbackAt(), why));
    return true;
  }

  private static boolean failBack(
      Journal journal, Recovering recovering, Function<Resting, State> within) {
    SiteId primary = journal.service().definition().primary();
    Ballot ballot = journal.ballot();
    boolean interrupted =
        ballot
            .healthySince(primary)
            .map(since -> since.isAfter(recovering.healthySince()))
            .orElse(true);
    if (interrupted) {
      journal.enter(
          within.apply(new FailedOver()),
          List.of("%s failed again or was not seen, so its wait starts again".formatted(primary)),
          ballot.against(primary),
          why -> new RecoveryInterrupted(journal.id(), primary, why));
      return true;
    }
    boolean due =
        journal.policy().failback() == Failback.AUTOMATIC
            && journal.isDue(recovering.failbackAt())
            && ballot.isTarget(primary);
    if (due) {
      Switches.failBack(journal, recovering);
    }
    return due;
  }

  private static boolean settle(
      Journal journal, Observing observing, Function<Resting, State> within) {
    if (!journal.isDue(observing.until())) {
      return false;
    }
    SiteId primary = journal.service().definition().primary();
    journal.enter(
        within.apply(new Steady()),
        List.of("%s was watched until %s".formatted(primary, Sentences.time(observing.until()))),
        journal.ballot().inFavourOf(primary),
        why -> new ObservationCompleted(journal.id(), primary, why));
    return true;
  }
}
