package io.echopilot.starter.streams;

import io.echopilot.events.EventJson;
import java.util.HashMap;
import java.util.Map;
import org.apache.kafka.common.serialization.Serdes;
import org.apache.kafka.streams.processor.api.ProcessorContext;
import org.apache.kafka.streams.state.KeyValueIterator;
import org.apache.kafka.streams.state.KeyValueStore;
import org.apache.kafka.streams.state.StoreBuilder;
import org.apache.kafka.streams.state.Stores;
import org.jspecify.annotations.Nullable;

/** Values by key that outlive the process: a store, and what was read of it once. */
public final class Kept<T> {
  private final KeyValueStore<String, byte[]> store;
  private final Map<String, T> values = new HashMap<>();

  /** Reads what an earlier process kept in the store of this name. */
  public Kept(ProcessorContext<?, ?> context, String name, Class<T> type) {
    store = context.getStateStore(name);
    try (KeyValueIterator<String, byte[]> all = store.all()) {
      all.forEachRemaining(
          entry -> values.put(entry.key, EventJson.mapper().readValue(entry.value, type)));
    }
  }

  /** A store for values that are kept: in memory, and in Kafka. */
  public static StoreBuilder<KeyValueStore<String, byte[]>> builder(String name) {
    return Stores.keyValueStoreBuilder(
            Stores.inMemoryKeyValueStore(name), Serdes.String(), Serdes.ByteArray())
        .withCachingDisabled();
  }

  public @Nullable T get(String key) {
    return values.get(key);
  }

  /** A copy, for those who change what they walk through. */
  public Map<String, T> all() {
    return Map.copyOf(values);
  }

  /** Keeps a value; null forgets it. */
  public void put(String key, @Nullable T value) {
    if (value == null) {
      values.remove(key);
      store.delete(key);
    } else {
      values.put(key, value);
      store.put(key, EventJson.mapper().writeValueAsBytes(value));
    }
  }
}
