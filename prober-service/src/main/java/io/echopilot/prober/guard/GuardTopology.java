package io.echopilot.prober.guard;

import io.echopilot.events.TopicNames;
import io.echopilot.starter.streams.EventStreams;
import io.echopilot.starter.streams.Kept;
import java.time.Clock;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;
import org.apache.kafka.common.serialization.Serdes;
import org.apache.kafka.streams.StreamsBuilder;
import org.apache.kafka.streams.state.StoreBuilder;
import org.apache.kafka.streams.state.Stores;

/** One step, from definitions and results to whatever the guards have to say. */
public final class GuardTopology {
  private GuardTopology() {}

  /** The guards of this version, by the names of their stores. */
  public static Map<String, Supplier<Guard>> guards() {
    return Map.of(SloGuard.STORE, SloGuard::new, AnomalyGuard.STORE, AnomalyGuard::new);
  }

  /** Adds the step to a topology. */
  public static void build(
      StreamsBuilder builder,
      EventStreams streams,
      Map<String, Supplier<Guard>> guards,
      Clock clock) {
    List<StoreBuilder<?>> stores = new ArrayList<>();
    stores.add(Kept.builder(GuardProcessor.DEFINITIONS));
    guards.keySet().forEach(name -> stores.add(store(name)));
    EventStreams.step(
        builder,
        List.of(TopicNames.SERVICES, TopicNames.PROBE_RESULTS),
        stores,
        () -> {
          Map<String, Guard> made = new HashMap<>();
          guards.forEach((name, guard) -> made.put(name, guard.get()));
          return new GuardProcessor(streams, made, clock);
        });
  }

  /** Written many times between two commits, of which Kafka need see only the last. */
  private static StoreBuilder<?> store(String name) {
    return Stores.keyValueStoreBuilder(
            Stores.inMemoryKeyValueStore(name), Serdes.String(), Serdes.ByteArray())
        .withCachingEnabled();
  }
}
