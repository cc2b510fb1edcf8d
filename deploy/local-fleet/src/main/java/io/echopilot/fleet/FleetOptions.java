package io.echopilot.fleet;

import io.echopilot.events.ServiceId;
import io.echopilot.fleet.demo.DemoConfig.EdgeService;
import java.nio.file.Path;
import java.util.EnumSet;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What kind of fleet to start.
 *
 * @param locations probing locations {@code local-1} and up, 1 to {@value Ports#MOST}
 * @param failoverReplicas of failover-service, 1 to {@value Ports#MOST}
 * @param parts what to run; the default is everything
 * @param services the text of services.yaml; null for the demo's, which a person may edit
 * @param edgeServices what the edge serves besides the service {@code demo}
 * @param properties more settings by the name of a process ({@code prober-service-2}) or of all its
 *     kind ({@code prober-service}, {@code kafka})
 * @param training whether the processes write their AOT caches when they stop
 */
public record FleetOptions(
    FleetHome home,
    Ports ports,
    int locations,
    int failoverReplicas,
    Set<Part> parts,
    @Nullable String services,
    Map<ServiceId, EdgeService> edgeServices,
    Map<String, Map<String, String>> properties,
    boolean training) {
  public FleetOptions {
    between("locations", locations);
    between("failoverReplicas", failoverReplicas);
    parts = Set.copyOf(parts);
    properties = Map.copyOf(properties);
  }

  /** Everything once, with the demo's service definition. */
  public static FleetOptions in(Path home, Ports ports) {
    return new FleetOptions(
        new FleetHome(home),
        ports,
        1,
        1,
        EnumSet.allOf(Part.class),
        null,
        Map.of(),
        Map.of(),
        false);
  }

  public FleetOptions withLocations(int count) {
    return new FleetOptions(
        home, ports, count, failoverReplicas, parts, services, edgeServices, properties, training);
  }

  public FleetOptions withFailoverReplicas(int count) {
    return new FleetOptions(
        home, ports, locations, count, parts, services, edgeServices, properties, training);
  }

  public FleetOptions withOnly(Part... only) {
    return new FleetOptions(
        home,
        ports,
        locations,
        failoverReplicas,
        Set.of(only),
        services,
        edgeServices,
        properties,
        training);
  }

  public FleetOptions withServices(String yaml) {
    return new FleetOptions(
        home, ports, locations, failoverReplicas, parts, yaml, edgeServices, properties, training);
  }

  public FleetOptions withEdgeServices(Map<ServiceId, EdgeService> more) {
    return new FleetOptions(
        home, ports, locations, failoverReplicas, parts, services, more, properties, training);
  }

  /** Adds a setting for a process or for all of its kind. */
  public FleetOptions withProperty(String process, String name, String value) {
    Map<String, Map<String, String>> all = new LinkedHashMap<>(properties);
    Map<String, String> own = new LinkedHashMap<>(all.getOrDefault(process, Map.of()));
    own.put(name, value);
    all.put(process, Map.copyOf(own));
    return new FleetOptions(
        home, ports, locations, failoverReplicas, parts, services, edgeServices, all, training);
  }

  FleetOptions forTraining() {
    return new FleetOptions(
        home, ports, locations, failoverReplicas, parts, services, edgeServices, properties, true);
  }

  boolean runs(Part part) {
    return parts.contains(part);
  }

  private static void between(String name, int value) {
    if (value < 1 || value > Ports.MOST) {
      throw new IllegalArgumentException(
          "%s must be 1 to %d, but is %d".formatted(name, Ports.MOST, value));
    }
  }
}
