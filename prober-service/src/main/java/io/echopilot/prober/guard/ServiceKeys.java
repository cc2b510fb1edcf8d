package io.echopilot.prober.guard;

import io.echopilot.events.ServiceId;
import java.util.ArrayList;
import java.util.List;
import org.apache.kafka.streams.state.KeyValueIterator;
import org.apache.kafka.streams.state.KeyValueStore;

/** The keys under which a store has what belongs to a service: {@code service/…}. */
final class ServiceKeys {
  /** Follows the slash in order of bytes: no key of the service lies beyond. */
  private static final char AFTER_SLASH = '/' + 1;

  private ServiceKeys() {}

  /** A copy: what it names may be deleted meanwhile. */
  static List<String> of(ServiceId service, KeyValueStore<String, byte[]> store) {
    List<String> keys = new ArrayList<>();
    try (KeyValueIterator<String, byte[]> all =
        store.range(service + "/", service.value() + AFTER_SLASH)) {
      all.forEachRemaining(entry -> keys.add(entry.key));
    }
    return keys;
  }
}
