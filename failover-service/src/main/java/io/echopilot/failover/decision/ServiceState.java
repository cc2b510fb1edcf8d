package io.echopilot.failover.decision;

import io.echopilot.events.Epoch;
import io.echopilot.events.Route;
import io.echopilot.events.ServiceDefinition;
import io.echopilot.events.SiteId;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * All that the decision knows of one service.
 *
 * @param revision of the definition
 * @param hash of the definition
 * @param state where the service stands
 * @param since when that state was entered
 * @param why the rules that led there
 * @param route the route as last switched or read back; null until it was read
 * @param routeSince when that became so
 * @param routeTrouble why the route can't be read back; null when it can
 * @param issued the highest epoch that was issued or adopted
 * @param failovers when traffic left a failing site within the last day, oldest first
 * @param sequence number of the last transition
 * @param now never runs backwards
 */
public record ServiceState(
    ServiceDefinition definition,
    long revision,
    String hash,
    Facts facts,
    State state,
    Instant since,
    List<String> why,
    @Nullable Route route,
    Instant routeSince,
    @Nullable String routeTrouble,
    Epoch issued,
    List<Instant> failovers,
    long sequence,
    Instant now) {
  public ServiceState {
    why = List.copyOf(why);
    failovers = List.copyOf(failovers);
  }

  /** A service that was just defined: its route must be read back first. */
  public static ServiceState defined(
      ServiceDefinition definition, long revision, String hash, Instant now) {
    return new ServiceState(
        definition,
        revision,
        hash,
        Facts.NONE,
        new State.Unknown(),
        now,
        List.of("the route has not been read back yet"),
        null,
        now,
        null,
        Epoch.ZERO,
        List.of(),
        0,
        now);
  }

  /** The service was removed and is defined again: its epochs and its numbering go on. */
  public ServiceState definedAgain(
      ServiceDefinition again, long newRevision, String newHash, Instant later) {
    ServiceState fresh = defined(again, newRevision, newHash, later);
    return new ServiceState(
        again,
        newRevision,
        newHash,
        fresh.facts,
        fresh.state,
        later,
        fresh.why,
        null,
        later,
        null,
        issued,
        failovers,
        sequence,
        later);
  }

  /** The service is no longer protected. */
  public ServiceState removed(long newRevision) {
    return with(definition, newRevision, hash).with(Facts.NONE);
  }

  /** The site that serves the traffic, as far as is known. */
  public Optional<SiteId> active() {
    return Optional.ofNullable(route).map(Route::site);
  }

  public ServiceState with(Facts changed) {
    return new ServiceState(
        definition,
        revision,
        hash,
        changed,
        state,
        since,
        why,
        route,
        routeSince,
        routeTrouble,
        issued,
        failovers,
        sequence,
        now);
  }

  public ServiceState at(Instant later) {
    return new ServiceState(
        definition,
        revision,
        hash,
        facts,
        state,
        since,
        why,
        route,
        routeSince,
        routeTrouble,
        issued,
        failovers,
        sequence,
        later);
  }

  ServiceState with(ServiceDefinition changed, long newRevision, String newHash) {
    return new ServiceState(
        changed,
        newRevision,
        newHash,
        facts,
        state,
        since,
        why,
        route,
        routeSince,
        routeTrouble,
        issued,
        failovers,
        sequence,
        now);
  }

  ServiceState with(@Nullable Route changed, Instant from, @Nullable String trouble) {
    return new ServiceState(
        definition,
        revision,
        hash,
        facts,
        state,
        since,
        why,
        changed,
        from,
        trouble,
        issued,
        failovers,
        sequence,
        now);
  }

  ServiceState with(Epoch highest, List<Instant> lastDay) {
    return new ServiceState(
        definition,
        revision,
        hash,
        facts,
        state,
        since,
        why,
        route,
        routeSince,
        routeTrouble,
        highest,
        lastDay,
        sequence,
        now);
  }

  ServiceState entering(State next, List<String> rules) {
    return new ServiceState(
        definition,
        revision,
        hash,
        facts,
        next,
        now,
        rules,
        route,
        routeSince,
        routeTrouble,
        issued,
        failovers,
        sequence + 1,
        now);
  }
}
