package io.echopilot.alert.incident;

import io.echopilot.events.InstanceId;
import io.echopilot.events.RecordPosition;
import java.time.Instant;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What is known of a location.
 *
 * @param heard its replicas, and when each was heard last
 * @param lastBeat where that stands; null before the first
 * @param impaired replicas that can't reach their references
 * @param condition what people were told
 * @param incidents what is open
 */
public record LocationState(
    Map<InstanceId, Instant> heard,
    @Nullable RecordPosition lastBeat,
    Set<InstanceId> impaired,
    Condition condition,
    ServiceIncidents incidents) {
  public static final LocationState UNKNOWN =
      new LocationState(Map.of(), null, Set.of(), Condition.WELL, ServiceIncidents.NONE);

  /** How a location fares. */
  public enum Condition {
    WELL,
    /** A replica can't reach its references. */
    IMPAIRED,
    /** No replica is heard. */
    SILENT
  }

  public LocationState {
    heard = Map.copyOf(heard);
    impaired = Set.copyOf(impaired);
  }

  LocationState withBeat(InstanceId instance, Instant now, RecordPosition at) {
    Map<InstanceId, Instant> beats = new HashMap<>(heard);
    beats.put(instance, now);
    return new LocationState(beats, at, impaired, condition, incidents);
  }

  LocationState withImpaired(InstanceId instance) {
    Set<InstanceId> more = new HashSet<>(impaired);
    more.add(instance);
    return new LocationState(heard, lastBeat, more, condition, incidents);
  }

  LocationState withoutImpaired(InstanceId instance) {
    Set<InstanceId> fewer = new HashSet<>(impaired);
    fewer.remove(instance);
    return new LocationState(heard, lastBeat, fewer, condition, incidents);
  }

  /**
   * Without the replicas that were heard last before a time: they are gone, and so is their ill.
   */
  LocationState withoutThoseBefore(Instant time) {
    Map<InstanceId, Instant> beats = new HashMap<>(heard);
    beats.values().removeIf(last -> last.isBefore(time));
    Set<InstanceId> ill = new HashSet<>(impaired);
    ill.removeIf(instance -> heard.containsKey(instance) && !beats.containsKey(instance));
    return new LocationState(beats, lastBeat, ill, condition, incidents);
  }

  LocationState with(Condition next, ServiceIncidents open) {
    return new LocationState(heard, lastBeat, impaired, next, open);
  }
}
