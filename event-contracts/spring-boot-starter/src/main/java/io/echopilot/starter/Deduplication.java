package io.echopilot.starter;

import static java.util.Objects.requireNonNull;

import io.echopilot.events.EventCodec;
import java.time.Duration;
import java.util.Set;
import org.apache.kafka.common.serialization.Serdes;
import org.apache.kafka.streams.processor.api.FixedKeyProcessor;
import org.apache.kafka.streams.processor.api.FixedKeyProcessorContext;
import org.apache.kafka.streams.processor.api.FixedKeyProcessorSupplier;
import org.apache.kafka.streams.processor.api.FixedKeyRecord;
import org.apache.kafka.streams.state.StoreBuilder;
import org.apache.kafka.streams.state.Stores;
import org.apache.kafka.streams.state.WindowStore;
import org.apache.kafka.streams.state.WindowStoreIterator;
import org.jspecify.annotations.Nullable;

/**
 * A Kafka Streams processor that lets an event through once: it remembers {@code ce_source} and
 * {@code ce_id} in a store whose changelog is written in the same transaction as what follows, so
 * neither a restart nor a rebalance forgets. Use it as {@code stream.processValues(new
 * Deduplication<>("seen", Duration.ofDays(1)))} with {@code exactly_once_v2}.
 *
 * <p>A record without {@code ce_id} is let through.
 */
public final class Deduplication<V> implements FixedKeyProcessorSupplier<String, V, V> {
  private final String store;
  private final Duration memory;

  /**
   * @param store the store's name, unique in the topology
   * @param memory how long an event is remembered, by record time; at least a minute
   */
  public Deduplication(String store, Duration memory) {
    this.store = store;
    this.memory = memory;
  }

  @Override
  public Set<StoreBuilder<?>> stores() {
    return Set.of(
        Stores.windowStoreBuilder(
            Stores.inMemoryWindowStore(store, memory, memory, false),
            Serdes.String(),
            Serdes.ByteArray()));
  }

  @Override
  public FixedKeyProcessor<String, V, V> get() {
    return new Once<>(store, memory.toMillis());
  }

  private static final class Once<V> implements FixedKeyProcessor<String, V, V> {
    private final String store;
    private final long memoryMillis;
    private @Nullable FixedKeyProcessorContext<String, V> context;
    private @Nullable WindowStore<String, byte[]> seen;

    Once(String store, long memoryMillis) {
      this.store = store;
      this.memoryMillis = memoryMillis;
    }

    @Override
    public void init(FixedKeyProcessorContext<String, V> initialContext) {
      context = initialContext;
      seen = initialContext.getStateStore(store);
    }

    @Override
    public void process(FixedKeyRecord<String, V> record) {
      String id = EventCodec.text(record.headers(), EventCodec.ID);
      String source = EventCodec.text(record.headers(), EventCodec.SOURCE);
      if (id == null || isFirst(source + "#" + id, record.timestamp())) {
        requireNonNull(context).forward(record);
      }
    }

    private boolean isFirst(String event, long time) {
      WindowStore<String, byte[]> store = requireNonNull(seen);
      try (WindowStoreIterator<byte[]> earlier =
          store.fetch(event, time - memoryMillis, time + memoryMillis)) {
        if (earlier.hasNext()) {
          return false;
        }
      }
      store.put(event, new byte[0], time);
      return true;
    }
  }
}
