package io.echopilot.failover.policy;

import io.echopilot.events.ServiceDefinition;
import io.echopilot.events.Slo;
import io.echopilot.failover.policy.ServicesFile.Entrypoint;
import io.echopilot.failover.policy.ServicesFile.Failover;
import io.echopilot.failover.policy.ServicesFile.Probe;
import io.echopilot.failover.policy.ServicesFile.Service;
import io.echopilot.failover.policy.ServicesFile.Site;
import io.echopilot.failover.policy.ServicesFile.Traffic;
import io.echopilot.probes.ProbeKinds;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Checks a service part by part, so that each mistake is told with its line, and then the whole.
 */
final class ServiceCheck {
  private static final ProbeKinds KINDS = ProbeKinds.all();

  private final FileProblems problems;
  private final List<String> path;
  private final Service service;
  private final Set<String> endpoints;

  ServiceCheck(FileProblems problems, List<String> path, Service service, Set<String> endpoints) {
    this.problems = problems;
    this.path = path;
    this.service = service;
    this.endpoints = endpoints;
  }

  /** Empty when it has problems. */
  Optional<ServiceDefinition> definition() {
    int before = problems.count();
    part("entrypoint", service.entrypoint(), Entrypoint::definition);
    present("locations", service.locations());
    present("sites", service.sites());
    present("probes", service.probes());
    each("locations", service.locations(), Function.identity());
    each("sites", service.sites(), Site::definition);
    each("probes", service.probes(), Probe::definition);
    each("slos", service.slos(), SloSettings::slo);
    each("maintenance", service.maintenance(), MaintenanceSettings::maintenance);
    part("failover", service.failover(), Failover::definition);
    part("traffic", service.traffic(), this::traffic);
    present("traffic", service.traffic());
    return problems.count() == before ? attempt(path, this::whole) : Optional.empty();
  }

  private ServiceDefinition whole() {
    ServiceDefinition definition = service.definition();
    // What was misread reads no numbers: that was told already.
    if (problems.count() == 0) {
      definition.slos().forEach(slo -> readable(slo, definition.probes()));
    }
    return definition;
  }

  private static void readable(Slo slo, List<ServiceDefinition.Probe> probes) {
    String good = slo.good();
    String total = slo.total();
    if (good != null
        && total != null
        && probes.stream()
            .filter(slo::counts)
            .noneMatch(probe -> KINDS.numbers(probe.check()).containsAll(Set.of(good, total)))) {
      throw new IllegalArgumentException(
          "slo %s adds up %s and %s, but no probe that it counts reads both; read them with http: {numbers: {%s: $.%s, %s: $.%s}}"
              .formatted(slo.id(), good, total, good, good, total, total));
    }
  }

  private ServiceDefinition.Traffic traffic(Traffic traffic) {
    ServiceDefinition.Traffic definition = traffic.definition();
    if (!endpoints.contains(definition.webhook())) {
      throw new IllegalArgumentException(
          "traffic.webhook.endpoint \"%s\" is not among echopilot.failover.endpoints, which are %s"
              .formatted(
                  definition.webhook(),
                  endpoints.isEmpty() ? "none" : String.join(", ", endpoints)));
    }
    return definition;
  }

  private <T> void part(String field, @Nullable T part, Function<T, ?> definition) {
    if (part != null) {
      attempt(at(field), () -> definition.apply(part));
    }
  }

  private <T> void each(
      String field, @Nullable List<@Nullable T> parts, Function<T, ?> definition) {
    for (int i = 0; parts != null && i < parts.size(); i++) {
      T part = parts.get(i);
      List<String> place = at(field, Integer.toString(i));
      if (part == null) {
        problem(place, "%s[%d] is empty".formatted(field, i));
      } else {
        attempt(place, () -> definition.apply(part));
      }
    }
  }

  private void present(String field, @Nullable Object part) {
    if (part == null) {
      problem(path, field + " is missing");
    }
  }

  /** Makes a part, which checks it. */
  private interface Attempt<T> {
    T get();
  }

  private <T> Optional<T> attempt(List<String> place, Attempt<T> attempt) {
    try {
      return Optional.of(attempt.get());
    } catch (IllegalArgumentException e) {
      problem(place, String.valueOf(e.getMessage()));
      return Optional.empty();
    }
  }

  private void problem(List<String> place, String reason) {
    problems.add(place, "service %s: %s".formatted(service.id(), reason));
  }

  private List<String> at(String... steps) {
    return Stream.concat(path.stream(), Stream.of(steps)).toList();
  }
}
