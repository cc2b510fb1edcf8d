package io.echopilot.alert.incident;

import io.echopilot.events.IncidentCause;
import java.util.EnumMap;
import java.util.Map;
import java.util.Optional;

/**
 * What is open for one service.
 *
 * @param open at most one incident per cause
 */
public record ServiceIncidents(Map<IncidentCause, OpenIncident> open) {
  public static final ServiceIncidents NONE = new ServiceIncidents(Map.of());

  public ServiceIncidents {
    open = Map.copyOf(open);
  }

  Optional<OpenIncident> of(IncidentCause cause) {
    return Optional.ofNullable(open.get(cause));
  }

  ServiceIncidents with(OpenIncident incident) {
    Map<IncidentCause, OpenIncident> changed = copy();
    changed.put(incident.incident().cause(), incident);
    return new ServiceIncidents(changed);
  }

  ServiceIncidents without(IncidentCause cause) {
    Map<IncidentCause, OpenIncident> changed = copy();
    changed.remove(cause);
    return new ServiceIncidents(changed);
  }

  private Map<IncidentCause, OpenIncident> copy() {
    Map<IncidentCause, OpenIncident> copy = new EnumMap<>(IncidentCause.class);
    copy.putAll(open);
    return copy;
  }
}
