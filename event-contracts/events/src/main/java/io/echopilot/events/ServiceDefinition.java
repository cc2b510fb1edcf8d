package io.echopilot.events;

import com.fasterxml.jackson.annotation.JsonAnyGetter;
import com.fasterxml.jackson.annotation.JsonAnySetter;
import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonIgnore;
import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonProperty;
import java.net.URI;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * A protected service, complete: every default has been filled in by failover-service.
 *
 * @param owner the team to call; null when nobody is named
 * @param entrypoint where users come in; null when a switch can only be confirmed by the route
 * @param locations who votes, at least one
 * @param sites at least two, in order of preference; the first is the primary
 * @param probes run against every site, at least one of them critical
 * @param slos what is promised; empty when nothing is
 * @param maintenance when that does not hold
 */
public record ServiceDefinition(
    ServiceId id,
    @Nullable String owner,
    @Nullable Entrypoint entrypoint,
    List<LocationId> locations,
    List<Site> sites,
    List<Probe> probes,
    FailoverPolicy failover,
    Traffic traffic,
    @JsonInclude(JsonInclude.Include.NON_EMPTY) List<Slo> slos,
    @JsonInclude(JsonInclude.Include.NON_EMPTY) List<Maintenance> maintenance) {
  private static final int HIGHEST_PORT = 65_535;

  public ServiceDefinition {
    Checks.present("id", id);
    locations = distinct("locations", 1, locations);
    sites = List.copyOf(Checks.present("sites", sites));
    distinct("sites", 2, sites.stream().map(Site::id).toList());
    probes = List.copyOf(Checks.present("probes", probes));
    distinct("probes", 1, probes.stream().map(Probe::id).toList());
    if (probes.stream().noneMatch(Probe::critical)) {
      throw new IllegalArgumentException("probes: at least one must be critical");
    }
    Checks.present("failover", failover);
    Checks.present("traffic", traffic);
    // Absent in JSON where there are none, of definitions before there were any too.
    slos = slos == null ? List.of() : List.copyOf(slos);
    distinct("slos", 0, slos.stream().map(Slo::id).toList());
    for (Slo slo : slos) {
      known(slo, probes);
    }
    maintenance = maintenance == null ? List.of() : List.copyOf(maintenance);
  }

  /** A service without objectives. */
  public ServiceDefinition(
      ServiceId id,
      @Nullable String owner,
      @Nullable Entrypoint entrypoint,
      List<LocationId> locations,
      List<Site> sites,
      List<Probe> probes,
      FailoverPolicy failover,
      Traffic traffic) {
    this(id, owner, entrypoint, locations, sites, probes, failover, traffic, List.of(), List.of());
  }

  private static void known(Slo slo, List<Probe> probes) {
    if (slo.probe() != null && probes.stream().noneMatch(p -> p.id().equals(slo.probe()))) {
      throw new IllegalArgumentException(
          "slo %s counts probe %s, which is not defined".formatted(slo.id(), slo.probe()));
    }
  }

  public SiteId primary() {
    return sites.getFirst().id();
  }

  public boolean hasSite(SiteId site) {
    return sites.stream().anyMatch(s -> s.id().equals(site));
  }

  public Optional<Probe> probe(ProbeId id) {
    return probes.stream().filter(p -> p.id().equals(id)).findFirst();
  }

  private static <T> List<T> distinct(String field, int least, @Nullable List<T> values) {
    List<T> present = List.copyOf(Checks.present(field, values));
    if (present.size() < least) {
      throw new IllegalArgumentException(
          "%s needs at least %d, but has %d".formatted(field, least, present.size()));
    }
    if (new HashSet<>(present).size() < present.size()) {
      throw new IllegalArgumentException(field + " names something twice: " + present);
    }
    return present;
  }

  /** A place that can serve the traffic; probes run against its URL. */
  public record Site(SiteId id, URI url) {
    public Site {
      Checks.present("site.id", id);
      httpUrl("site.url", url);
    }
  }

  /**
   * Where users come in. Probed by all listed locations to prove that traffic really moved.
   *
   * @param siteFrom JSON path into the answer that yields the id of the site that answered; null
   *     when the answer does not tell
   */
  public record Entrypoint(
      URI url, @Nullable String siteFrom, Duration interval, Duration timeout) {
    public Entrypoint {
      httpUrl("entrypoint.url", url);
      Checks.positive("entrypoint.interval", interval);
      Checks.positive("entrypoint.timeout", timeout);
    }
  }

  /**
   * A check that each listed location runs against every site. In JSON the check stands under its
   * kind's key, as in {@code "http": {…}}: it is the one property here whose value is an object, so
   * what a later version adds must be none.
   *
   * @param interval time between two slots
   * @param confirm time between two slots after a first failure, until success or until the site is
   *     down; at most {@code interval}
   * @param timeout after which the probe has failed
   * @param critical whether its failures count as votes
   */
  public record Probe(
      ProbeId id,
      @JsonIgnore ProbeCheck check,
      Duration interval,
      Duration confirm,
      Duration timeout,
      boolean critical) {
    public Probe {
      Checks.present("probe.id", id);
      Checks.present("probe.check", check);
      Checks.positive("probe.interval", interval);
      Checks.positive("probe.confirm", confirm);
      Checks.positive("probe.timeout", timeout);
      if (confirm.compareTo(interval) > 0) {
        throw new IllegalArgumentException(
            "probe.confirm (%s) must be at most probe.interval (%s)".formatted(confirm, interval));
      }
    }

    @JsonCreator
    static Probe of(
        @JsonProperty("id") ProbeId id,
        @JsonProperty("interval") Duration interval,
        @JsonProperty("confirm") Duration confirm,
        @JsonProperty("timeout") Duration timeout,
        @JsonProperty("critical") boolean critical,
        @JsonAnySetter Map<String, Object> others) {
      return new Probe(id, only(others), interval, confirm, timeout, critical);
    }

    private static ProbeCheck only(Map<String, Object> others) {
      List<ProbeCheck> checks = new ArrayList<>();
      others.forEach((kind, value) -> {
        if (value instanceof Map<?, ?> settings) {
          checks.add(ProbeCheck.of(kind, settings));
        }
      });
      if (checks.size() != 1) {
        throw new IllegalArgumentException(
            "a probe needs exactly one check, such as http, but has "
                + checks.stream().map(ProbeCheck::kind).toList());
      }
      return checks.getFirst();
    }

    @JsonAnyGetter
    Map<String, Object> checkByKind() {
      return Map.of(check.kind(), check.settings());
    }
  }

  /**
   * When traffic moves and when it returns.
   *
   * @param failures failures in a row that make a location vote down
   * @param window within which they must lie, edge included
   * @param locations how many listed locations must agree
   * @param fallbackSuccesses fresh successes in a row, at that many locations, that make a site a
   *     target
   * @param failbackAfter how long the primary must be healthy before traffic returns; doubled with
   *     each further failover within a day
   * @param failbackCap the longest such wait
   * @param observe how long the primary is watched after a failback
   * @param switchTimeout how long one attempt to switch may take; doubled with each retry
   */
  public record FailoverPolicy(
      int failures,
      Duration window,
      Quorum locations,
      int fallbackSuccesses,
      Duration failbackAfter,
      Duration failbackCap,
      Failback failback,
      Duration observe,
      Drift drift,
      Duration switchTimeout) {
    public FailoverPolicy {
      Checks.atLeast("failover.failures", 1, failures);
      Checks.positive("failover.window", window);
      Checks.present("failover.locations", locations);
      Checks.atLeast("failover.fallbackSuccesses", 1, fallbackSuccesses);
      Checks.notNegative("failover.failbackAfter", failbackAfter);
      Checks.notNegative("failover.failbackCap", failbackCap);
      Checks.present("failover.failback", failback);
      Checks.notNegative("failover.observe", observe);
      Checks.present("failover.drift", drift);
      Checks.positive("failover.switchTimeout", switchTimeout);
    }
  }

  /**
   * How traffic is moved.
   *
   * @param webhook name of an endpoint in failover-service's own configuration; the definition
   *     holds neither its URL nor its keys
   */
  public record Traffic(String webhook) {
    public Traffic {
      Checks.name("traffic.webhook", webhook);
    }
  }

  private static void httpUrl(String field, @Nullable URI given) {
    URI url = Checks.present(field, given);
    if (url.getHost() == null || !List.of("http", "https").contains(url.getScheme())) {
      throw new IllegalArgumentException(
          "%s must be an http or https URL with a host, but is %s".formatted(field, url));
    }
    if (url.getPort() > HIGHEST_PORT) {
      throw new IllegalArgumentException(
          "%s has port %d, but the highest is %d".formatted(field, url.getPort(), HIGHEST_PORT));
    }
  }
}
