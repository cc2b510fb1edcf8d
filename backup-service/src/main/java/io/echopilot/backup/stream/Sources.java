package io.echopilot.backup.stream;

import io.echopilot.backup.plan.Schedule;
import io.echopilot.events.ServiceId;
import io.echopilot.events.SourceId;
import java.util.Collection;
import java.util.Map;
import java.util.Set;

/**
 * The databases that are backed up.
 *
 * @param schedules by source
 * @param services that use each source
 */
record Sources(Map<SourceId, Schedule> schedules, Map<SourceId, Set<ServiceId>> services) {
  Sources {
    schedules = Map.copyOf(schedules);
    services = Map.copyOf(services);
  }

  Collection<SourceId> of(ServiceId service) {
    return services.entrySet().stream()
        .filter(entry -> entry.getValue().contains(service))
        .map(Map.Entry::getKey)
        .toList();
  }
}
