package io.echopilot.fleet.demo;

import io.echopilot.events.Epoch;
import io.echopilot.events.Route;
import io.echopilot.events.ServiceId;
import io.echopilot.events.SiteId;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/** The routes of all services. A write is on disk before anybody sees it. */
final class RouteTable {
  private final Map<ServiceId, Set<SiteId>> sites = new LinkedHashMap<>();
  private final Map<ServiceId, Route> routes = new ConcurrentHashMap<>();
  private final RouteStore store;
  private final WriteLog log;

  RouteTable(Map<ServiceId, DemoConfig.EdgeService> services, RouteStore store, WriteLog log) {
    this.store = store;
    this.log = log;
    services.forEach((service, edge) -> {
      sites.put(service, Set.copyOf(edge.sites().keySet()));
      routes.put(
          service, store.load(service).orElseGet(() -> new Route(edge.first(), Epoch.ZERO, null)));
    });
  }

  /** The contract's rule: only a later epoch moves traffic, and one decision moves it once. */
  static WriteOutcome decide(Route current, Set<SiteId> sites, RouteWrite write) {
    if (!sites.contains(write.site())) {
      return new WriteOutcome.UnknownSite(
          current, "service %s has no site %s".formatted(write.service(), write.site()));
    }
    int order = write.epoch().compareTo(current.epoch());
    if (order > 0) {
      return new WriteOutcome.Applied(new Route(write.site(), write.epoch(), write.decisionId()));
    }
    if (order < 0) {
      return new WriteOutcome.Refused(
          current,
          "epoch %s is lower than the route's %s".formatted(write.epoch(), current.epoch()));
    }
    if (!write.decisionId().equals(current.decisionId())) {
      return new WriteOutcome.Refused(
          current, "epoch %s was taken by another decision".formatted(write.epoch()));
    }
    if (!write.site().equals(current.site())) {
      return new WriteOutcome.Refused(
          current, "decision %s chose another site".formatted(write.decisionId()));
    }
    return new WriteOutcome.Repeated(current);
  }

  /** Empty when the edge does not serve the service. */
  Optional<Route> current(ServiceId service) {
    return Optional.ofNullable(routes.get(service));
  }

  /** Decides and, where it is applied, stores; empty when the edge does not serve the service. */
  synchronized Optional<WriteOutcome> write(RouteWrite write) {
    Route current = routes.get(write.service());
    if (current == null) {
      log.refused(write, "service %s is not known here".formatted(write.service()));
      return Optional.empty();
    }
    WriteOutcome outcome = decide(current, sites.getOrDefault(write.service(), Set.of()), write);
    if (outcome instanceof WriteOutcome.Applied(Route route)) {
      store.save(write.service(), route);
      log.decided(write, outcome);
      routes.put(write.service(), route);
    } else {
      log.decided(write, outcome);
    }
    return Optional.of(outcome);
  }
}
