package io.echopilot.starter;

import io.echopilot.events.RecordPosition;
import io.echopilot.events.ServiceDefinition;
import io.echopilot.events.ServiceEvent;
import io.echopilot.events.ServiceEvent.ServiceDefined;
import io.echopilot.events.ServiceEvent.ServiceRemoved;
import io.echopilot.events.ServiceId;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/**
 * The services whose partitions of {@code echopilot.services} are this instance's: the ones that it
 * has a duty for. Ownership is not a lock: for a moment two instances may both believe in it.
 */
public final class ServiceShare implements CompactedTopicListener<ServiceEvent> {
  private final Duty duty;
  private final Map<ServiceId, Owned> owned = new ConcurrentHashMap<>();
  private final Set<Integer> partitions = ConcurrentHashMap.newKeySet();

  private record Owned(ServiceDefinition definition, long revision, int partition) {}

  /** What an instance does for the services of its share. Called by one thread at a time. */
  public interface Duty {
    /** For an instance that only asks what its share is. */
    Duty NONE =
        new Duty() {
          @Override
          public void begin(ServiceDefinition definition) {}

          @Override
          public void end(ServiceId service) {}
        };

    /** The service is this instance's, with this definition. */
    void begin(ServiceDefinition definition);

    /** The service is another instance's, or is removed. */
    void end(ServiceId service);
  }

  public ServiceShare(Duty duty) {
    this.duty = duty;
  }

  public boolean owns(int partition) {
    return partitions.contains(partition);
  }

  public Collection<ServiceDefinition> definitions() {
    return owned.values().stream().map(Owned::definition).toList();
  }

  /** A lower revision than one that was read is ignored; the same again changes nothing. */
  @Override
  public void updated(ServiceEvent event, RecordPosition position, Instant taken) {
    Owned known = owned.get(event.service());
    if (known != null && event.revision() <= known.revision()) {
      return;
    }
    switch (event) {
      case ServiceDefined defined -> {
        owned.put(
            defined.service(),
            new Owned(defined.definition(), defined.revision(), position.partition()));
        duty.begin(defined.definition());
      }
      case ServiceRemoved removed -> drop(removed.service());
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
    gone.forEach(this::drop);
  }

  private void drop(ServiceId service) {
    if (owned.remove(service) != null) {
      duty.end(service);
    }
  }
}
