package io.echopilot.failover.policy;

import com.fasterxml.jackson.annotation.JsonAnySetter;
import io.echopilot.events.Drift;
import io.echopilot.events.Failback;
import io.echopilot.events.LocationId;
import io.echopilot.events.ProbeCheck;
import io.echopilot.events.ProbeId;
import io.echopilot.events.Quorum;
import io.echopilot.events.ServiceDefinition;
import io.echopilot.events.ServiceDefinition.FailoverPolicy;
import io.echopilot.events.ServiceId;
import io.echopilot.events.SiteId;
import io.echopilot.probes.http.JsonPaths;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** The YAML form of definitions, as people write it. What they leave out gets its default here. */
record ServicesFile(@Nullable List<@Nullable Service> services) {

  record Service(
      @Nullable ServiceId id,
      @Nullable Boolean removed,
      @Nullable String owner,
      @Nullable Entrypoint entrypoint,
      @Nullable List<@Nullable LocationId> locations,
      @Nullable List<@Nullable Site> sites,
      @Nullable List<@Nullable Probe> probes,
      @Nullable Failover failover,
      @Nullable Traffic traffic,
      @Nullable List<@Nullable SloSettings> slos,
      @Nullable List<@Nullable MaintenanceSettings> maintenance) {

    boolean isRemoved() {
      return Boolean.TRUE.equals(removed);
    }

    ServiceDefinition definition() {
      ServiceDefinition definition = complete();
      definition.probes().stream()
          .filter(ServiceDefinition.Probe::critical)
          .forEach(probe -> reachable(definition.failover(), probe));
      return definition;
    }

    /** Or no location would ever vote down. */
    private static void reachable(FailoverPolicy policy, ServiceDefinition.Probe probe) {
      Duration least = probe.confirm().multipliedBy(policy.failures() - 1L);
      if (least.compareTo(policy.window()) > 0) {
        throw new IllegalArgumentException(
            "failover.window (%s) is too short: %d failures of probe %s take %s"
                .formatted(policy.window(), policy.failures(), probe.id(), least));
      }
    }

    private ServiceDefinition complete() {
      return new ServiceDefinition(
          required("id", id),
          owner,
          entrypoint == null ? null : entrypoint.definition(),
          all("locations", locations),
          all("sites", sites).stream().map(Site::definition).toList(),
          all("probes", probes).stream().map(Probe::definition).toList(),
          Objects.requireNonNullElse(failover, Failover.DEFAULTS).definition(),
          required("traffic", traffic).definition(),
          slos == null ? List.of() : all("slos", slos).stream().map(SloSettings::slo).toList(),
          maintenance == null
              ? List.of()
              : all("maintenance", maintenance).stream()
                  .map(MaintenanceSettings::maintenance)
                  .toList());
    }
  }

  record Entrypoint(
      @Nullable URI url,
      @Nullable SiteFrom siteFrom,
      @Nullable Duration interval,
      @Nullable Duration timeout) {
    ServiceDefinition.Entrypoint definition() {
      return new ServiceDefinition.Entrypoint(
          required("entrypoint.url", url),
          siteFrom == null ? null : path("entrypoint.siteFrom.json", siteFrom.json()),
          or(interval, Defaults.INTERVAL),
          or(timeout, Defaults.TIMEOUT));
    }
  }

  record SiteFrom(@Nullable String json) {}

  record Site(@Nullable SiteId id, @Nullable URI url) {
    ServiceDefinition.Site definition() {
      return new ServiceDefinition.Site(required("site.id", id), required("site.url", url));
    }
  }

  /**
   * A probe.
   *
   * @param checks what stands under the remaining keys, each a kind
   */
  record Probe(
      @Nullable ProbeId id,
      @Nullable Duration interval,
      @Nullable Duration confirm,
      @Nullable Duration timeout,
      @Nullable Boolean critical,
      @JsonAnySetter Map<String, @Nullable ProbeSettings> checks) {
    ServiceDefinition.Probe definition() {
      Duration every = or(interval, Defaults.INTERVAL);
      return new ServiceDefinition.Probe(
          required("probe.id", id),
          check(),
          every,
          or(confirm, every),
          or(timeout, Defaults.TIMEOUT),
          or(critical, true));
    }

    private ProbeCheck check() {
      if (checks.size() != 1) {
        throw new IllegalArgumentException(
            "a probe needs exactly one kind, such as http: {path: /health}, but has "
                + (checks.isEmpty() ? "none" : String.join(", ", checks.keySet())));
      }
      Map.Entry<String, @Nullable ProbeSettings> only = checks.entrySet().iterator().next();
      return required("probe." + only.getKey(), only.getValue()).check();
    }
  }

  record Failover(
      @Nullable Integer failures,
      @Nullable Duration window,
      @Nullable Quorum locations,
      @Nullable Integer fallbackSuccesses,
      @Nullable Duration failbackAfter,
      @Nullable Duration failbackCap,
      @Nullable Failback failback,
      @Nullable Duration observe,
      @Nullable Drift drift,
      @Nullable Duration switchTimeout) {
    static final Failover DEFAULTS =
        new Failover(null, null, null, null, null, null, null, null, null, null);

    FailoverPolicy definition() {
      return new FailoverPolicy(
          or(failures, Defaults.FAILURES),
          or(window, Defaults.WINDOW),
          or(locations, Quorum.MAJORITY),
          or(fallbackSuccesses, Defaults.FALLBACK_SUCCESSES),
          or(failbackAfter, Defaults.FAILBACK_AFTER),
          or(failbackCap, Defaults.FAILBACK_CAP),
          or(failback, Failback.AUTOMATIC),
          or(observe, Defaults.OBSERVE),
          or(drift, Drift.REASSERT),
          or(switchTimeout, Defaults.SWITCH_TIMEOUT));
    }
  }

  record Traffic(@Nullable Webhook webhook) {
    ServiceDefinition.Traffic definition() {
      return new ServiceDefinition.Traffic(
          required("traffic.webhook.endpoint", webhook == null ? null : webhook.endpoint()));
    }
  }

  record Webhook(@Nullable String endpoint) {}

  /** The defaults: the runbook's where it has one. */
  static final class Defaults {
    /** Often enough to decide within half a minute, rare enough for ten thousand targets. */
    static final Duration INTERVAL = Duration.ofSeconds(10);

    /** A user has given up by then. */
    static final Duration TIMEOUT = Duration.ofSeconds(3);

    /** The runbook: three failures in a row within fifteen minutes. */
    static final int FAILURES = 3;

    static final Duration WINDOW = Duration.ofMinutes(15);

    /** One success may be luck. */
    static final int FALLBACK_SUCCESSES = 2;

    /** The runbook: the primary healthy for 30 minutes. */
    static final Duration FAILBACK_AFTER = Duration.ofMinutes(30);

    /** A flapping primary returns at most three times a day. */
    static final Duration FAILBACK_CAP = Duration.ofHours(8);

    /** The runbook: monitor for one hour. */
    static final Duration OBSERVE = Duration.ofHours(1);

    /** An edge answers within two seconds or not at all; the rest is Kafka's. */
    static final Duration SWITCH_TIMEOUT = Duration.ofSeconds(5);

    private Defaults() {}
  }

  private static <T> T or(@Nullable T given, T otherwise) {
    return given == null ? otherwise : given;
  }

  private static <T> List<T> all(String field, @Nullable List<@Nullable T> values) {
    return required(field, values).stream().map(value -> required(field, value)).toList();
  }

  /** In the form that the probers read. */
  private static String path(String field, @Nullable String given) {
    String path = required(field, given);
    JsonPaths.definite(field, path);
    return path;
  }

  private static <T> T required(String field, @Nullable T value) {
    if (value == null) {
      throw new IllegalArgumentException(field + " is missing");
    }
    return value;
  }
}
