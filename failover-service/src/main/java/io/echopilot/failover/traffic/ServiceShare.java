package io.echopilot.failover.traffic;

import io.echopilot.events.RecordPosition;
import io.echopilot.events.ServiceDefinition;
import io.echopilot.events.ServiceEvent;
import io.echopilot.events.ServiceEvent.ServiceDefined;
import io.echopilot.events.ServiceEvent.ServiceRemoved;
import io.echopilot.events.ServiceId;
import io.echopilot.starter.CompactedTopicListener;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/** The services in the partitions of {@code echopilot.services} that are this replica's. */
public final class ServiceShare implements CompactedTopicListener<ServiceEvent> {
  private final Map<ServiceId, Owned> owned = new ConcurrentHashMap<>();
  private final Set<Integer> partitions = ConcurrentHashMap.newKeySet();

  private record Owned(ServiceDefinition definition, long revision, int partition) {}

  /** Whether a partition is this replica's; ownership is not a lock. */
  public boolean owns(int partition) {
    return partitions.contains(partition);
  }

  Collection<ServiceDefinition> definitions() {
    return owned.values().stream().map(Owned::definition).toList();
  }

  @Override
  public void updated(ServiceEvent event, RecordPosition position) {
    switch (event) {
      case ServiceDefined defined ->
          owned.merge(
              defined.service(),
              new Owned(defined.definition(), defined.revision(), position.partition()),
              (known, read) -> read.revision() < known.revision() ? known : read);
      case ServiceRemoved removed ->
          owned.computeIfPresent(
              removed.service(),
              (_, known) -> removed.revision() < known.revision() ? known : null);
    }
  }

  @Override
  public void assigned(Set<Integer> added) {
    partitions.addAll(added);
  }

  @Override
  public void revoked(Set<Integer> lost) {
    partitions.removeAll(lost);
    List<ServiceId> gone =
        owned.entrySet().stream()
            .filter(entry -> lost.contains(entry.getValue().partition()))
            .map(Map.Entry::getKey)
            .toList();
    gone.forEach(owned::remove);
  }
}
