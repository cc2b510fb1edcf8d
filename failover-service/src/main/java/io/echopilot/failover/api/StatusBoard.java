package io.echopilot.failover.api;

import io.echopilot.events.FailoverStateEvent;
import io.echopilot.events.FailoverStateEvent.FailoverState;
import io.echopilot.events.RecordPosition;
import io.echopilot.events.ServiceId;
import io.echopilot.starter.CompactedTopicListener;
import java.time.Instant;
import java.util.Collection;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentSkipListMap;

/** Where every service stands, as read from the topic. */
public final class StatusBoard implements CompactedTopicListener<FailoverStateEvent> {
  private final Map<String, FailoverState> services = new ConcurrentSkipListMap<>();

  Collection<FailoverState> all() {
    return services.values();
  }

  Optional<FailoverState> of(String service) {
    return Optional.ofNullable(services.get(service));
  }

  /** Where a service stands; empty when nothing is known of it. */
  public Optional<FailoverState> of(ServiceId service) {
    return of(service.value());
  }

  @Override
  public void updated(FailoverStateEvent event, RecordPosition position, Instant taken) {
    switch (event) {
      case FailoverState state -> services.put(state.subject(), state);
    }
  }

  @Override
  public void removed(String key) {
    services.remove(key);
  }
}
