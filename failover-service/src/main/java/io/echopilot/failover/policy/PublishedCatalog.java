package io.echopilot.failover.policy;

import io.echopilot.events.RecordPosition;
import io.echopilot.events.ServiceEvent;
import io.echopilot.starter.CompactedTopicListener;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/** What {@code echopilot.services} says now, to publish only what differs. */
final class PublishedCatalog implements CompactedTopicListener<ServiceEvent> {
  private final Map<String, ServiceEvent> newest = new ConcurrentHashMap<>();
  private final Set<String> spoilt = ConcurrentHashMap.newKeySet();

  Optional<ServiceEvent> of(String service) {
    return Optional.ofNullable(newest.get(service));
  }

  /** Whether the last record under this key is not one of ours, or an old one. */
  boolean isSpoilt(String service) {
    return spoilt.contains(service);
  }

  @Override
  public void updated(ServiceEvent event, RecordPosition position, Instant taken) {
    ServiceEvent known = newest.get(event.subject());
    if (known != null && event.revision() < known.revision()) {
      spoilt.add(event.subject());
    } else {
      newest.put(event.subject(), event);
      spoilt.remove(event.subject());
    }
  }

  @Override
  public void removed(String key) {
    spoilt.add(key);
  }

  @Override
  public void unreadable(String key, String reason) {
    spoilt.add(key);
  }
}
