package io.echopilot.failover.decision;

import static io.echopilot.failover.decision.Sentences.duration;

import io.echopilot.events.Epoch;
import io.echopilot.events.Failback;
import io.echopilot.events.FailoverPhase;
import io.echopilot.events.FailoverStateEvent.FailoverState;
import io.echopilot.events.FailoverStateEvent.LocationStatus;
import io.echopilot.events.FailoverStateEvent.SiteStatus;
import io.echopilot.events.LocationId;
import io.echopilot.events.Route;
import io.echopilot.events.ServiceDefinition;
import io.echopilot.events.ServiceDefinition.FailoverPolicy;
import io.echopilot.events.ServiceDefinition.Site;
import io.echopilot.events.SiteId;
import io.echopilot.events.Vote;
import io.echopilot.failover.decision.State.Blocked;
import io.echopilot.failover.decision.State.FailedOver;
import io.echopilot.failover.decision.State.Held;
import io.echopilot.failover.decision.State.Move;
import io.echopilot.failover.decision.State.Moving;
import io.echopilot.failover.decision.State.Observing;
import io.echopilot.failover.decision.State.Recovering;
import io.echopilot.failover.decision.State.Resting;
import io.echopilot.failover.decision.State.Steady;
import io.echopilot.failover.decision.State.Suspect;
import io.echopilot.failover.decision.State.Switching;
import io.echopilot.failover.decision.State.SwitchingBack;
import io.echopilot.failover.decision.State.Unknown;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * What people see of a service's state. Equal for two states that differ in nothing a person would
 * act on, so that it is published only when it changes.
 */
public final class View {
  private final ServiceState service;
  private final ServiceDefinition definition;
  private final FailoverPolicy policy;
  private final Ballot ballot;

  private View(ServiceState service) {
    this.service = service;
    this.definition = service.definition();
    this.policy = definition.failover();
    this.ballot = new Ballot(definition, service.facts(), service.now());
  }

  public static FailoverState of(ServiceState service) {
    return new View(service).view();
  }

  private FailoverState view() {
    return new FailoverState(
        definition.id(),
        service.revision(),
        service.sequence(),
        phase(service.state()),
        service.since(),
        Objects.requireNonNullElse(service.route(), new Route(null, Epoch.ZERO, null)),
        service.state() instanceof Moving moving ? moving.move().to() : null,
        definition.sites().stream().map(site -> status(site.id())).toList(),
        service.why(),
        whyNotYet(),
        dueAt());
  }

  private static FailoverPhase phase(State state) {
    return switch (state) {
      case Unknown _ -> FailoverPhase.UNKNOWN;
      case Steady _ -> FailoverPhase.STEADY;
      case FailedOver _ -> FailoverPhase.FAILED_OVER;
      case Recovering _ -> FailoverPhase.RECOVERING;
      case Observing _ -> FailoverPhase.OBSERVING;
      case Suspect _ -> FailoverPhase.SUSPECT;
      case Blocked _ -> FailoverPhase.BLOCKED;
      case Switching _ -> FailoverPhase.SWITCHING;
      case SwitchingBack _ -> FailoverPhase.SWITCHING_BACK;
      case Held _ -> FailoverPhase.HELD;
    };
  }

  private SiteStatus status(SiteId site) {
    return new SiteStatus(
        site,
        ballot.vote(site),
        ballot.isTarget(site),
        definition.locations().stream().map(location -> status(site, location)).toList(),
        service.facts().notes().stream()
            .filter(note -> note.site().equals(site))
            .map(Note::sentence)
            .toList());
  }

  private LocationStatus status(SiteId site, LocationId location) {
    Track worst =
        ballot
            .critical()
            .map(probe -> ballot.track(site, location, probe.id()))
            .max(
                Comparator.comparingInt(Track::failuresInARow)
                    .thenComparing(Comparator.comparingInt(Track::successesInARow).reversed()))
            .orElse(Track.EMPTY);
    return new LocationStatus(
        location,
        ballot.vote(site, location),
        Math.min(worst.failuresInARow(), policy.failures()),
        Math.min(worst.successesInARow(), policy.fallbackSuccesses()),
        finding(worst));
  }

  private static @Nullable String finding(Track track) {
    return track.doubt() != null
        ? "not counted: " + track.doubt()
        : track.newest().map(Observation::finding).orElse(null);
  }

  private List<String> whyNotYet() {
    List<String> reasons = new ArrayList<>();
    if (service.routeTrouble() != null) {
      reasons.add("the route can't be read back: " + service.routeTrouble());
    }
    service
        .active()
        .filter(site -> ballot.vote(site) == Vote.UNKNOWN)
        .ifPresent(site -> reasons.add(unseen(site)));
    switch (service.state()) {
      case Unknown _ -> reasons.add("nothing is moved before the edge has told its route");
      case Steady _ -> {}
      case Suspect suspect -> reasons.add(votes(suspect.site()));
      case Blocked blocked -> reasons.addAll(noTarget(blocked.site()));
      case Moving moving -> reasons.add(step(moving.move()));
      case FailedOver _ -> reasons.add(notHealthy());
      case Recovering recovering -> reasons.addAll(waiting(recovering));
      case Observing observing ->
          reasons.add(
              "%s is watched until %s"
                  .formatted(definition.primary(), Sentences.time(observing.until())));
      case Held held -> reasons.add("held: " + held.reason());
    }
    return reasons;
  }

  private String unseen(SiteId site) {
    return "nobody knows how %s is: no result that counts from %s"
        .formatted(
            site,
            definition.locations().stream()
                .filter(location -> ballot.vote(site, location) == Vote.UNKNOWN)
                .map(LocationId::value)
                .collect(Collectors.joining(", ")));
  }

  private String votes(SiteId site) {
    long down =
        definition.locations().stream()
            .filter(location -> ballot.vote(site, location) == Vote.DOWN)
            .count();
    return "%d of %d needed locations vote %s down; a vote takes %d failures in a row within %s"
        .formatted(down, ballot.needed(), site, policy.failures(), duration(policy.window()));
  }

  private List<String> noTarget(SiteId down) {
    return definition.sites().stream()
        .map(Site::id)
        .filter(site -> !site.equals(down))
        .map(site ->
            "%s is no target: %d of %d needed locations saw %d successes in a row"
                .formatted(site, recommending(site), ballot.needed(), policy.fallbackSuccesses()))
        .toList();
  }

  private long recommending(SiteId site) {
    return definition.locations().stream()
        .filter(location -> ballot.recommends(site, location))
        .count();
  }

  private static String step(Move move) {
    return switch (move.step()) {
      case REQUESTED ->
          "the edge is asked to send traffic to %s, attempt %d"
              .formatted(move.to(), move.attempt());
      case WAITING_TO_RETRY ->
          "attempt %d failed, the next begins at %s"
              .formatted(move.attempt(), Sentences.time(move.deadline()));
      case CONFIRMING -> "the edge has switched; the entrypoint must show " + move.to();
    };
  }

  private String notHealthy() {
    SiteId primary = definition.primary();
    return "%s is not healthy yet: %d of %d needed locations saw %d successes in a row"
        .formatted(primary, recommending(primary), ballot.needed(), policy.fallbackSuccesses());
  }

  private List<String> waiting(Recovering recovering) {
    if (policy.failback() == Failback.MANUAL) {
      return List.of("traffic returns when a person asks for it: failback is manual");
    }
    return service.now().isBefore(recovering.failbackAt())
        ? List.of("traffic returns at %s".formatted(Sentences.time(recovering.failbackAt())))
        : List.of("the wait is over; " + notHealthy());
  }

  private @Nullable Instant dueAt() {
    return switch (service.state()) {
      case Moving moving -> moving.move().deadline();
      case Suspect suspect -> dueAt(suspect.before());
      case Blocked blocked -> dueAt(blocked.before());
      case Resting resting -> dueAt(resting);
      case Unknown _, Held _ -> null;
    };
  }

  private static @Nullable Instant dueAt(Resting resting) {
    return switch (resting) {
      case Steady _, FailedOver _ -> null;
      case Recovering recovering -> recovering.failbackAt();
      case Observing observing -> observing.until();
    };
  }
}
