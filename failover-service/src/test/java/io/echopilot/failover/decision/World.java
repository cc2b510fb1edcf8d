package io.echopilot.failover.decision;

import io.echopilot.events.DecisionId;
import io.echopilot.events.Drift;
import io.echopilot.events.Epoch;
import io.echopilot.events.Failback;
import io.echopilot.events.FailoverEvent;
import io.echopilot.events.FailoverEvent.TrafficSwitchRequested;
import io.echopilot.events.FailoverStateEvent.FailoverState;
import io.echopilot.events.InstanceId;
import io.echopilot.events.LocationId;
import io.echopilot.events.Outcome;
import io.echopilot.events.ProbeCheck;
import io.echopilot.events.ProbeError;
import io.echopilot.events.ProbeEvent;
import io.echopilot.events.ProbeEvent.EntrypointProbed;
import io.echopilot.events.ProbeEvent.ProbeCompleted;
import io.echopilot.events.ProbeId;
import io.echopilot.events.ProbeRun;
import io.echopilot.events.Quorum;
import io.echopilot.events.RecordPosition;
import io.echopilot.events.Route;
import io.echopilot.events.ServiceDefinition;
import io.echopilot.events.ServiceDefinition.Entrypoint;
import io.echopilot.events.ServiceDefinition.FailoverPolicy;
import io.echopilot.events.ServiceDefinition.Probe;
import io.echopilot.events.ServiceDefinition.Site;
import io.echopilot.events.ServiceDefinition.Traffic;
import io.echopilot.events.ServiceEvent.ServiceDefined;
import io.echopilot.events.ServiceId;
import io.echopilot.events.SiteId;
import io.echopilot.events.Slot;
import io.echopilot.events.TopicNames;
import io.echopilot.events.TrafficResult;
import io.echopilot.events.TrafficResult.RouteObserved;
import io.echopilot.events.TrafficResult.SwitchApplied;
import io.echopilot.events.TrafficResult.SwitchErrored;
import io.echopilot.events.TrafficResult.SwitchRefused;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/**
 * A service, its sites, locations and edge in virtual time. Every second each location probes each
 * site and the entrypoint; deadlines fire every 100 ms, as the processor does it.
 */
final class World {
  static final SiteId PRIMARY = new SiteId("primary");
  static final SiteId FALLBACK = new SiteId("fallback");
  static final SiteId THIRD = new SiteId("third");
  static final ServiceId SERVICE = new ServiceId("checkout");
  static final ProbeId HEALTH = new ProbeId("health");
  static final Instant START = Instant.parse("2026-11-24T10:00:00Z");
  private static final Duration TICK = Duration.ofMillis(100);
  private static final Duration SECOND = Duration.ofSeconds(1);

  /** What the edge does with a request. */
  enum Edge {
    APPLIES,
    /** Applies, but the answer is lost. */
    APPLIES_SILENTLY,
    SILENT,
    FAILS
  }

  final List<FailoverEvent> events = new ArrayList<>();
  final Set<SiteId> down = new HashSet<>();
  final Set<LocationId> silent = new HashSet<>();
  final Set<LocationId> impaired = new HashSet<>();
  final Map<LocationId, Duration> clockError = new HashMap<>();
  final List<LocationId> locations;
  Edge edge = Edge.APPLIES;
  Route route = new Route(PRIMARY, Epoch.ZERO, null);
  boolean entrypointFollows = true;
  Instant now = START;
  ServiceState state;
  private Set<SiteId> seenDownOnlyBy = new HashSet<>();
  private @Nullable LocationId onlyWitness;
  private @Nullable Instant nextDeadline;
  private long offset;

  World(ServiceDefinition definition) {
    locations = definition.locations();
    state = ServiceState.defined(definition, 1, "policy", START);
  }

  static World steady() {
    return steady(definition(1, policy()));
  }

  static World steady(ServiceDefinition definition) {
    World world = new World(definition);
    world.readBack();
    world.pass("5s");
    world.events.clear();
    return world;
  }

  static FailoverPolicy policy() {
    return new FailoverPolicy(
        3,
        Duration.ofMinutes(15),
        Quorum.MAJORITY,
        2,
        Duration.ofMinutes(30),
        Duration.ofHours(8),
        Failback.AUTOMATIC,
        Duration.ofHours(1),
        Drift.REASSERT,
        Duration.ofSeconds(5));
  }

  static FailoverPolicy quorum(Quorum quorum) {
    FailoverPolicy p = policy();
    return new FailoverPolicy(
        p.failures(),
        p.window(),
        quorum,
        p.fallbackSuccesses(),
        p.failbackAfter(),
        p.failbackCap(),
        p.failback(),
        p.observe(),
        p.drift(),
        p.switchTimeout());
  }

  static FailoverPolicy drift(Drift drift) {
    FailoverPolicy p = policy();
    return new FailoverPolicy(
        p.failures(),
        p.window(),
        p.locations(),
        p.fallbackSuccesses(),
        p.failbackAfter(),
        p.failbackCap(),
        p.failback(),
        p.observe(),
        drift,
        p.switchTimeout());
  }

  static FailoverPolicy manual() {
    FailoverPolicy p = policy();
    return new FailoverPolicy(
        p.failures(),
        p.window(),
        p.locations(),
        p.fallbackSuccesses(),
        p.failbackAfter(),
        p.failbackCap(),
        Failback.MANUAL,
        p.observe(),
        p.drift(),
        p.switchTimeout());
  }

  static ServiceDefinition definition(int locations, FailoverPolicy policy) {
    return definition(locations, policy, List.of(PRIMARY, FALLBACK), "$.site");
  }

  static ServiceDefinition definition(
      int locations, FailoverPolicy policy, List<SiteId> sites, @Nullable String siteFrom) {
    return new ServiceDefinition(
        SERVICE,
        "team",
        new Entrypoint(URI.create("http://edge"), siteFrom, SECOND, SECOND),
        IntStream.rangeClosed(1, locations).mapToObj(i -> new LocationId("l" + i)).toList(),
        sites.stream().map(id -> new Site(id, URI.create("http://" + id))).toList(),
        List.of(
            new Probe(
                HEALTH,
                new ProbeCheck("http", Map.of("path", "/health")),
                SECOND,
                SECOND,
                SECOND,
                true)),
        policy,
        new Traffic("edge"));
  }

  /** Lets time pass, with probes and deadlines. */
  World pass(String duration) {
    Instant end = now.plus(parse(duration));
    while (now.isBefore(end)) {
      now = now.plus(TICK);
      if (now.toEpochMilli() % 1_000 == 0) {
        locations.forEach(this::probeFrom);
      }
      fireDeadline();
    }
    return this;
  }

  /** Lets time pass without anybody looking. */
  World leap(String duration) {
    now = now.plus(parse(duration));
    return this;
  }

  World breaks(SiteId site) {
    down.add(site);
    return this;
  }

  World heals(SiteId site) {
    down.remove(site);
    return this;
  }

  /** One location alone sees these sites down. */
  World onlySees(LocationId witness, SiteId... sites) {
    onlyWitness = witness;
    seenDownOnlyBy = Set.of(sites);
    return this;
  }

  private void probeFrom(LocationId location) {
    if (silent.contains(location)) {
      return;
    }
    for (Site site : state.definition().sites()) {
      boolean fails =
          down.contains(site.id())
              || (location.equals(onlyWitness) && seenDownOnlyBy.contains(site.id()));
      result(location, site.id(), now, !fails);
    }
    if (state.definition().entrypoint() != null && entrypointFollows) {
      sighting(location, route.site());
    }
  }

  /** A result that completes 10 ms after its slot and is appended at {@code now}. */
  void result(LocationId location, SiteId site, Instant slot, boolean success) {
    Instant local = slot.plus(clockError.getOrDefault(location, Duration.ZERO));
    arrive(
        new ProbeCompleted(
            SERVICE,
            site,
            HEALTH,
            null,
            run(location, local, success, impaired.contains(location))));
  }

  void sighting(LocationId location, @Nullable SiteId servedBy) {
    arrive(new EntrypointProbed(SERVICE, 200, servedBy, run(location, now, true, false)));
  }

  static ProbeRun run(LocationId location, Instant slot, boolean success, boolean impaired) {
    return new ProbeRun(
        location,
        new InstanceId("prober"),
        new Slot(slot),
        SECOND,
        slot,
        slot.plusMillis(10),
        success ? Outcome.SUCCESS : Outcome.FAILURE,
        success ? null : new ProbeError(ProbeError.Kind.REFUSED, "connection refused"),
        null,
        impaired);
  }

  void arrive(ProbeEvent event) {
    decide(new Input.ProbeArrived(event, position(TopicNames.PROBE_RESULTS)), now.plusMillis(20));
  }

  void report(TrafficResult result) {
    decide(
        new Input.TrafficArrived(result, position(TopicNames.TRAFFIC_RESULTS)), now.plusMillis(20));
  }

  void define(ServiceDefinition definition, long revision) {
    decide(
        new Input.DefinitionArrived(
            new ServiceDefined(SERVICE, revision, "policy" + revision, definition),
            position(TopicNames.SERVICES)),
        now);
  }

  void readBack() {
    report(new RouteObserved(SERVICE, route, now));
  }

  void decide(Input input, Instant time) {
    FailoverDecision decision = FailoverDecision.decide(state, input, time);
    state = decision.state();
    nextDeadline = FailoverDecision.nextDeadline(state).orElse(null);
    events.addAll(decision.events());
    decision.events().stream()
        .filter(TrafficSwitchRequested.class::isInstance)
        .map(TrafficSwitchRequested.class::cast)
        .forEach(this::carryOut);
  }

  private void fireDeadline() {
    if (nextDeadline != null && !nextDeadline.isAfter(now)) {
      decide(new Input.DeadlineReached(), now);
    }
  }

  private void carryOut(TrafficSwitchRequested request) {
    switch (edge) {
      case SILENT -> {}
      case FAILS ->
          report(
              new SwitchErrored(
                  SERVICE, request.epoch(), request.decisionId(), request.attempt(), "503", now));
      case APPLIES_SILENTLY -> applies(request);
      case APPLIES -> {
        if (applies(request)) {
          report(
              new SwitchApplied(
                  SERVICE,
                  request.site(),
                  request.epoch(),
                  request.decisionId(),
                  request.attempt(),
                  now));
        } else {
          report(
              new SwitchRefused(
                  SERVICE,
                  request.epoch(),
                  request.decisionId(),
                  request.attempt(),
                  route,
                  "epoch " + route.epoch(),
                  now));
        }
      }
    }
  }

  /** The edge's own rule. */
  private boolean applies(TrafficSwitchRequested request) {
    boolean same =
        request.epoch().equals(route.epoch()) && request.decisionId().equals(route.decisionId());
    if (!same && !request.epoch().isAfter(route.epoch())) {
      return false;
    }
    route = new Route(request.site(), request.epoch(), request.decisionId());
    return true;
  }

  /** Somebody else writes to the edge. */
  void foreignSwitch(SiteId site, Epoch epoch) {
    route = new Route(site, epoch, new DecisionId("somebody-else"));
  }

  private RecordPosition position(String topic) {
    return new RecordPosition(topic, 0, offset++);
  }

  FailoverState view() {
    return View.of(state);
  }

  List<String> names() {
    return events.stream().map(event -> event.getClass().getSimpleName()).toList();
  }

  <T extends FailoverEvent> List<T> all(Class<T> type) {
    return events.stream().filter(type::isInstance).map(type::cast).toList();
  }

  <T extends FailoverEvent> T last(Class<T> type) {
    return all(type).getLast();
  }

  static LocationId location(int number) {
    return new LocationId("l" + number);
  }

  private static Duration parse(String text) {
    return Duration.parse("PT" + text);
  }
}
