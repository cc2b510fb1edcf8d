package io.echopilot.failover.stream;

import io.echopilot.events.LocationId;
import io.echopilot.failover.decision.Facts;
import io.echopilot.failover.decision.ServiceState;
import io.echopilot.failover.decision.Sighting;
import io.echopilot.failover.decision.Track;
import io.echopilot.failover.decision.TrackKey;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import java.util.Objects;
import java.util.function.Function;
import org.apache.kafka.common.serialization.Serdes;
import org.apache.kafka.streams.KeyValue;
import org.apache.kafka.streams.processor.api.ProcessorContext;
import org.apache.kafka.streams.state.KeyValueIterator;
import org.apache.kafka.streams.state.KeyValueStore;
import org.apache.kafka.streams.state.StoreBuilder;
import org.apache.kafka.streams.state.Stores;
import org.jspecify.annotations.Nullable;

/**
 * The store behind the decision: a record per service, per track and per sighting. A probe result
 * rewrites one small record, a transition the service's own. One store, because every changelog
 * partition takes part in the transaction that a decision waits for; in memory, because every task
 * holds all of its services anyway and restores them from the changelog.
 */
final class ServiceStore {
  static final String NAME = "services";
  private static final String TRACK = "/track/";
  private static final String SIGHTING = "/sighting/";

  private final KeyValueStore<String, byte[]> store;

  ServiceStore(ProcessorContext<?, ?> context) {
    store = context.getStateStore(NAME);
  }

  static StoreBuilder<KeyValueStore<String, byte[]>> builder() {
    return Stores.keyValueStoreBuilder(
            Stores.inMemoryKeyValueStore(NAME), Serdes.String(), Serdes.ByteArray())
        .withCachingDisabled();
  }

  /** All services of this task. */
  Map<String, StoredService> load() {
    Map<String, StoredService> bare = new HashMap<>();
    Map<String, Map<TrackKey, Track>> tracks = new HashMap<>();
    Map<String, Map<LocationId, Sighting>> sightings = new HashMap<>();
    try (KeyValueIterator<String, byte[]> all = store.all()) {
      while (all.hasNext()) {
        KeyValue<String, byte[]> next = all.next();
        String[] parts = next.key.split("/", 3);
        String service = parts[0];
        if (parts.length == 1) {
          bare.put(service, StateCodec.read(next.value, StoredService.class));
        } else if (next.key.startsWith(TRACK, service.length())) {
          tracks
              .computeIfAbsent(service, _ -> new HashMap<>())
              .put(StateCodec.trackKey(parts[2]), StateCodec.read(next.value, Track.class));
        } else {
          sightings
              .computeIfAbsent(service, _ -> new HashMap<>())
              .put(new LocationId(parts[2]), StateCodec.read(next.value, Sighting.class));
        }
      }
    }
    Map<String, StoredService> loaded = new HashMap<>();
    bare.forEach((service, stored) ->
        loaded.put(
            service,
            withFacts(
                stored,
                new Facts(
                    tracks.getOrDefault(service, Map.of()),
                    sightings.getOrDefault(service, Map.of()),
                    stored.state().facts().notes()))));
    return loaded;
  }

  /**
   * Writes what differs. {@code now} alone is no difference: the next record brings a later one.
   */
  void save(String service, @Nullable StoredService before, StoredService after) {
    Facts old = before == null ? Facts.NONE : before.state().facts();
    Facts changed = after.state().facts();
    difference(service + TRACK, old.tracks(), changed.tracks(), StateCodec::text);
    difference(service + SIGHTING, old.sightings(), changed.sightings(), LocationId::value);
    StoredService bare = bare(after);
    if (before == null || !bare(before).equals(at(before.state().now(), bare))) {
      store.put(service, StateCodec.write(bare));
    }
  }

  private <K, V> void difference(
      String prefix, Map<K, V> old, Map<K, V> changed, Function<K, String> text) {
    changed.forEach((key, value) -> {
      if (!Objects.equals(old.get(key), value)) {
        store.put(prefix + text.apply(key), StateCodec.write(value));
      }
    });
    old.keySet().stream()
        .filter(key -> !changed.containsKey(key))
        .forEach(key -> store.delete(prefix + text.apply(key)));
  }

  private static StoredService bare(StoredService stored) {
    return withFacts(stored, new Facts(Map.of(), Map.of(), stored.state().facts().notes()));
  }

  private static StoredService at(Instant now, StoredService stored) {
    return new StoredService(
        stored.version(), stored.removed(), stored.state().at(now), stored.traceparent());
  }

  private static StoredService withFacts(StoredService stored, Facts facts) {
    ServiceState state = stored.state().with(facts);
    return new StoredService(stored.version(), stored.removed(), state, stored.traceparent());
  }
}
