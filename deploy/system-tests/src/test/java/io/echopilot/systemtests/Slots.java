package io.echopilot.systemtests;

import io.echopilot.events.EventCodec;
import io.echopilot.events.EventCodec.Decoded;
import io.echopilot.events.InstanceId;
import io.echopilot.events.ProbeEvent.ProbeCompleted;
import io.echopilot.events.TopicNames;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Set;
import java.util.TreeMap;
import java.util.UUID;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.StringDeserializer;

/** Which replicas ran which slots, as the topic of results tells it. */
final class Slots implements AutoCloseable {
  private final Duration interval;
  private final KafkaConsumer<String, byte[]> consumer;
  private final Map<String, NavigableMap<Instant, List<InstanceId>>> seen = new HashMap<>();

  /**
   * What became of a target's slots in a time.
   *
   * @param missed that nobody ran
   * @param doubled that more than one run is told of
   */
  record Tally(int missed, int doubled) {}

  Slots(String bootstrap, Duration interval) {
    this.interval = interval;
    consumer =
        new KafkaConsumer<>(
            Map.of(
                "bootstrap.servers",
                bootstrap,
                "group.id",
                UUID.randomUUID().toString(),
                "auto.offset.reset",
                "earliest"),
            new StringDeserializer(),
            new ByteArrayDeserializer());
    consumer.subscribe(List.of(TopicNames.PROBE_RESULTS));
  }

  /** Waits until so many targets have a result of a slot at or after a time. */
  void await(int targets, Instant until) {
    World.await(
        "results until " + until,
        () -> {
          poll();
          return seen.size() == targets
              && seen.values().stream().noneMatch(runs -> runs.lastKey().isBefore(until));
        });
  }

  private void poll() {
    consumer
        .poll(Duration.ofMillis(100))
        .forEach(record -> {
          if (EventCodec.decode(record.topic(), record.key(), record.headers(), record.value())
                  instanceof Decoded.Known(var envelope)
              && envelope.data() instanceof ProbeCompleted completed) {
            seen.computeIfAbsent(completed.service() + "/" + completed.site(), _ -> new TreeMap<>())
                .merge(
                    completed.run().slot().start(),
                    List.of(completed.run().instance()),
                    (some, more) -> Stream.concat(some.stream(), more.stream()).toList());
          }
        });
  }

  /** Of the target that fared worst between two times, the latter of which was awaited. */
  Tally worst(Instant from, Instant to) {
    List<Tally> all = seen.values().stream().map(runs -> tally(runs, from, to)).toList();
    return new Tally(
        all.stream().mapToInt(Tally::missed).max().orElseThrow(),
        all.stream().mapToInt(Tally::doubled).max().orElseThrow());
  }

  private Tally tally(NavigableMap<Instant, List<InstanceId>> runs, Instant from, Instant to) {
    int missed = 0;
    int doubled = 0;
    for (Instant slot = runs.floorKey(from); slot.isBefore(to); slot = slot.plus(interval)) {
      int count = runs.getOrDefault(slot, List.of()).size();
      missed += count == 0 ? 1 : 0;
      doubled += count > 1 ? 1 : 0;
    }
    return new Tally(missed, doubled);
  }

  /** The replicas that ran slots from a time on. */
  Set<InstanceId> replicas(Instant from) {
    return seen.values().stream()
        .flatMap(runs -> runs.tailMap(from).values().stream())
        .flatMap(List::stream)
        .collect(Collectors.toSet());
  }

  @Override
  public void close() {
    consumer.close();
  }
}
