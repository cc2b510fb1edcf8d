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
    Copy copy = new Copy(defined(again, newRevision, newHash, later));
    copy.issued = issued;
    copy.failovers = failovers;
    copy.sequence = sequence;
    return copy.made();
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
    Copy copy = new Copy(this);
    copy.facts = changed;
    return copy.made();
  }

  public ServiceState at(Instant later) {
    Copy copy = new Copy(this);
    copy.now = later;
    return copy.made();
  }

  ServiceState with(ServiceDefinition changed, long newRevision, String newHash) {
    Copy copy = new Copy(this);
    copy.definition = changed;
    copy.revision = newRevision;
    copy.hash = newHash;
    return copy.made();
  }

  ServiceState with(@Nullable Route changed, Instant from, @Nullable String trouble) {
    Copy copy = new Copy(this);
    copy.route = changed;
    copy.routeSince = from;
    copy.routeTrouble = trouble;
    return copy.made();
  }

  ServiceState with(Epoch highest, List<Instant> lastDay) {
    Copy copy = new Copy(this);
    copy.issued = highest;
    copy.failovers = lastDay;
    return copy.made();
  }

  ServiceState entering(State next, List<String> rules) {
    Copy copy = new Copy(this);
    copy.state = next;
    copy.since = now;
    copy.why = rules;
    copy.sequence = sequence + 1;
    return copy.made();
  }

  /** The parts of a state to be, on their way from one to the next. */
  private static final class Copy {
    private ServiceDefinition definition;
    private long revision;
    private String hash;
    private Facts facts;
    private State state;
    private Instant since;
    private List<String> why;
    private @Nullable Route route;
    private Instant routeSince;
    private @Nullable String routeTrouble;
    private Epoch issued;
    private List<Instant> failovers;
    private long sequence;
    private Instant now;

    Copy(ServiceState of) {
      definition = of.definition;
      revision = of.revision;
      hash = of.hash;
      facts = of.facts;
      state = of.state;
      since = of.since;
      why = of.why;
      route = of.route;
      routeSince = of.routeSince;
      routeTrouble = of.routeTrouble;
      issued = of.issued;
      failovers = of.failovers;
      sequence = of.sequence;
      now = of.now;
    }

    ServiceState made() {
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
          now);
    }
  }
}
