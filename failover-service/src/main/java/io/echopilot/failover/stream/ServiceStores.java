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
import java.util.Set;
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
 * The stores behind the decision. A probe result rewrites one small record, a transition the
 * service's own; in memory, because every task holds all of its services anyway and restores them
 * from the changelogs.
 */
final class ServiceStores {
  private static final String SERVICES = "services";
  private static final String TRACKS = "tracks";
  private static final String SIGHTINGS = "sightings";

  private final KeyValueStore<String, byte[]> services;
  private final KeyValueStore<String, byte[]> tracks;
  private final KeyValueStore<String, byte[]> sightings;

  ServiceStores(ProcessorContext<?, ?> context) {
    services = context.getStateStore(SERVICES);
    tracks = context.getStateStore(TRACKS);
    sightings = context.getStateStore(SIGHTINGS);
  }

  static Set<StoreBuilder<?>> builders() {
    return Set.of(builder(SERVICES), builder(TRACKS), builder(SIGHTINGS));
  }

  private static StoreBuilder<?> builder(String name) {
    return Stores.keyValueStoreBuilder(
            Stores.inMemoryKeyValueStore(name), Serdes.String(), Serdes.ByteArray())
        .withCachingDisabled();
  }

  /** All services of this task. */
  Map<String, StoredService> load() {
    Map<String, Map<TrackKey, Track>> allTracks = new HashMap<>();
    forEach(
        tracks,
        (service, key, value) ->
            allTracks
                .computeIfAbsent(service, _ -> new HashMap<>())
                .put(StateCodec.trackKey(key), StateCodec.read(value, Track.class)));
    Map<String, Map<LocationId, Sighting>> allSightings = new HashMap<>();
    forEach(
        sightings,
        (service, key, value) ->
            allSightings
                .computeIfAbsent(service, _ -> new HashMap<>())
                .put(new LocationId(key), StateCodec.read(value, Sighting.class)));
    Map<String, StoredService> loaded = new HashMap<>();
    try (KeyValueIterator<String, byte[]> all = services.all()) {
      while (all.hasNext()) {
        KeyValue<String, byte[]> next = all.next();
        StoredService stored = StateCodec.read(next.value, StoredService.class);
        Facts facts =
            new Facts(
                allTracks.getOrDefault(next.key, Map.of()),
                allSightings.getOrDefault(next.key, Map.of()),
                stored.state().facts().notes());
        loaded.put(next.key, withFacts(stored, facts));
      }
    }
    return loaded;
  }

  private interface EntryConsumer {
    void accept(String service, String key, byte[] value);
  }

  private static void forEach(KeyValueStore<String, byte[]> store, EntryConsumer consumer) {
    try (KeyValueIterator<String, byte[]> all = store.all()) {
      while (all.hasNext()) {
        KeyValue<String, byte[]> next = all.next();
        int slash = next.key.indexOf('/');
        consumer.accept(next.key.substring(0, slash), next.key.substring(slash + 1), next.value);
      }
    }
  }

  /**
   * Writes what differs. {@code now} alone is no difference: the next record brings a later one.
   */
  void save(String service, @Nullable StoredService before, StoredService after) {
    Facts old = before == null ? Facts.NONE : before.state().facts();
    Facts changed = after.state().facts();
    difference(tracks, service, old.tracks(), changed.tracks(), StateCodec::text);
    difference(sightings, service, old.sightings(), changed.sightings(), LocationId::value);
    if (before == null || !withoutNow(before).equals(withoutNow(after))) {
      services.put(service, StateCodec.write(bare(after)));
    }
  }

  private static <K, V> void difference(
      KeyValueStore<String, byte[]> store,
      String service,
      Map<K, V> old,
      Map<K, V> changed,
      Function<K, String> text) {
    changed.forEach((key, value) -> {
      if (!Objects.equals(old.get(key), value)) {
        store.put(service + "/" + text.apply(key), StateCodec.write(value));
      }
    });
    old.keySet().stream()
        .filter(key -> !changed.containsKey(key))
        .forEach(key -> store.delete(service + "/" + text.apply(key)));
  }

  private static StoredService bare(StoredService stored) {
    return withFacts(stored, new Facts(Map.of(), Map.of(), stored.state().facts().notes()));
  }

  private static StoredService withoutNow(StoredService stored) {
    StoredService bare = bare(stored);
    return new StoredService(
        bare.version(),
        bare.removed(),
        bare.state().at(Instant.EPOCH),
        bare.view(),
        bare.traceparent());
  }

  private static StoredService withFacts(StoredService stored, Facts facts) {
    ServiceState state = stored.state().with(facts);
    return new StoredService(
        stored.version(), stored.removed(), state, stored.view(), stored.traceparent());
  }
}
