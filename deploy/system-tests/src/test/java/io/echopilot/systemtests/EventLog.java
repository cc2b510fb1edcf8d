package io.echopilot.systemtests;

import static java.util.Objects.requireNonNull;

import io.echopilot.events.AlertEvent.AlertDelivered;
import io.echopilot.events.BackupCommand.BackupRequested;
import io.echopilot.events.BackupEvent.BackupVerified;
import io.echopilot.events.BackupId;
import io.echopilot.events.ChannelId;
import io.echopilot.events.Event;
import io.echopilot.events.EventCodec;
import io.echopilot.events.EventCodec.Decoded;
import io.echopilot.events.FailoverEvent;
import io.echopilot.events.Incident;
import io.echopilot.events.IncidentEvent;
import io.echopilot.events.IncidentEvent.IncidentResolved;
import io.echopilot.events.IncidentId;
import io.echopilot.events.IncidentLevel;
import io.echopilot.events.Outcome;
import io.echopilot.events.ProbeEvent.ProbeCompleted;
import io.echopilot.events.TopicNames;
import io.echopilot.events.Topics;
import io.echopilot.events.TrafficResult;
import io.echopilot.events.TrafficResult.RouteObserved;
import io.echopilot.events.TrafficResult.RouteUnreadable;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.StringDeserializer;
import org.jspecify.annotations.Nullable;

/** All that was told on the topics of a fleet, and who waits for what there. */
final class EventLog implements AutoCloseable {
  private static final int STREAK = 5;
  private static final ChannelId SLACK = new ChannelId("slack");

  /** Is told of what is worse than level 1. */
  private static final ChannelId TELEGRAM = new ChannelId("telegram");

  private final String bootstrap;
  private final KafkaConsumer<String, byte[]> consumer;
  private final List<Seen> records = new ArrayList<>();

  /** A record and what it tells, if it tells anything. */
  private record Seen(ConsumerRecord<String, byte[]> record, @Nullable Event event) {}

  EventLog(String bootstrap) {
    this.bootstrap = bootstrap;
    consumer =
        new KafkaConsumer<>(
            Map.of(
                "bootstrap.servers",
                bootstrap,
                "group.id",
                UUID.randomUUID().toString(),
                "auto.offset.reset",
                "earliest",
                "isolation.level",
                "read_committed"),
            new StringDeserializer(),
            new ByteArrayDeserializer());
    consumer.subscribe(
        Topics.all().stream()
            // The timeline repeats what the others hold.
            .filter(topic -> !topic.name().equals(TopicNames.TIMELINE))
            .flatMap(topic -> Stream.of(topic.name(), topic.deadLetters()))
            .toList());
  }

  /** All events of a family, from the beginning. */
  <T extends Event> List<T> events(Class<T> family) {
    mark();
    return since(0, family).toList();
  }

  /** Those of a family that were read since a mark. */
  private <E extends Event> Stream<E> since(int mark, Class<E> family) {
    return records.subList(mark, records.size()).stream()
        .map(Seen::event)
        .filter(family::isInstance)
        .map(family::cast);
  }

  /** Whether the last results of a site since a mark are successes: a cold fleet may be slow. */
  boolean isWell(int mark, String site) {
    poll();
    List<ProbeCompleted> seen =
        since(mark, ProbeCompleted.class)
            .filter(run -> run.service().value().equals("demo"))
            .filter(run -> run.site().value().equals(site))
            .toList();
    return seen.size() >= STREAK
        && seen.subList(seen.size() - STREAK, seen.size()).stream()
            .allMatch(run -> run.run().outcome() == Outcome.SUCCESS);
  }

  /** Every incident is over, and every channel that is to tell of it has told that. */
  void awaitAllTold() {
    World.await("nothing is left to tell", this::isAllTold);
  }

  private boolean isAllTold() {
    Map<IncidentId, IncidentEvent> newest = new HashMap<>();
    Set<IncidentId> urgent = new HashSet<>();
    for (IncidentEvent event : events(IncidentEvent.class)) {
      newest.put(event.incident().id(), event);
      if (event.incident().level().isWorseThan(IncidentLevel.DEGRADED)) {
        urgent.add(event.incident().id());
      }
    }
    Set<Telling> delivered =
        since(0, AlertDelivered.class)
            .map(told -> new Telling(told.incidentId(), told.channel(), told.revision()))
            .collect(Collectors.toSet());
    return newest.values().stream()
        .allMatch(event -> {
          Incident incident = event.incident();
          return event instanceof IncidentResolved
              && delivered.contains(new Telling(incident.id(), SLACK, incident.revision()))
              && (!urgent.contains(incident.id())
                  || delivered.contains(new Telling(incident.id(), TELEGRAM, incident.revision())));
        });
  }

  /** What people are to see of an incident at a channel. */
  private record Telling(IncidentId incident, ChannelId channel, int revision) {}

  /** Every backup that was asked for is proved. */
  void awaitAllSaved() {
    World.await(
        "nothing is left to save",
        () ->
            ids(BackupRequested.class, BackupRequested::backup)
                .equals(ids(BackupVerified.class, BackupVerified::backup)));
  }

  private <E extends Event> Set<BackupId> ids(Class<E> type, Function<E, BackupId> id) {
    return events(type).stream().map(id).collect(Collectors.toSet());
  }

  /** The events of a service since a mark, in order. */
  List<FailoverEvent> failovers(String service, int mark) {
    poll();
    return since(mark, FailoverEvent.class)
        .filter(event -> event.service().value().equals(service))
        .toList();
  }

  List<String> names(String service, int mark) {
    return failovers(service, mark).stream()
        .map(event -> event.getClass().getSimpleName())
        .toList();
  }

  /** Reads all that there is; events after it are a test's own. */
  int mark() {
    World.await(
        "partitions assigned",
        () -> {
          poll();
          return !consumer.assignment().isEmpty();
        });
    Map<TopicPartition, Long> ends = consumer.endOffsets(consumer.assignment());
    World.await(
        "all read",
        () -> {
          poll();
          return ends.entrySet().stream()
              .allMatch(end -> consumer.position(end.getKey()) >= end.getValue());
        });
    return records.size();
  }

  <T extends FailoverEvent> T await(String service, int mark, Class<T> type) {
    World.await(
        service + " " + type.getSimpleName(),
        () -> failovers(service, mark).stream().anyMatch(type::isInstance));
    return failovers(service, mark).stream()
        .filter(type::isInstance)
        .map(type::cast)
        .findFirst()
        .orElseThrow();
  }

  <T extends FailoverEvent> long count(String service, int mark, Class<T> type) {
    return failovers(service, mark).stream().filter(type::isInstance).count();
  }

  boolean any(int mark, Predicate<Event> what) {
    return count(mark, what) > 0;
  }

  /** The first event of its kind that fits. */
  <E extends Event> E await(int mark, Class<E> type, Predicate<E> what) {
    World.await(
        type.getSimpleName(),
        () -> any(mark, event -> type.isInstance(event) && what.test(type.cast(event))));
    return since(mark, type).filter(what).findFirst().orElseThrow();
  }

  /** What actuators said of their writes since a mark; readings of the route are no such word. */
  long switchResults(int mark) {
    return count(
        mark,
        event ->
            event instanceof TrafficResult
                && !(event instanceof RouteObserved)
                && !(event instanceof RouteUnreadable));
  }

  private long count(int mark, Predicate<Event> what) {
    poll();
    return since(mark, Event.class).filter(what).count();
  }

  /** Whether a result of the primary with this outcome came since a mark, of a run after a time. */
  boolean primarySeen(int mark, Outcome outcome, Instant after) {
    return any(
        mark,
        event ->
            event instanceof ProbeCompleted seen
                && seen.service().value().equals("demo")
                && seen.site().value().equals("primary")
                && seen.run().outcome() == outcome
                && seen.run().startedAt().isAfter(after));
  }

  /** Returns once failover-service has committed all results that stand there now. */
  void awaitDecided() {
    try (Admin admin = Admin.create(Map.<String, Object>of("bootstrap.servers", bootstrap))) {
      Map<TopicPartition, Long> ends =
          consumer.endOffsets(
              consumer.assignment().stream()
                  .filter(partition -> partition.topic().equals(TopicNames.PROBE_RESULTS))
                  .toList());
      World.await(
          "all results decided on",
          () -> {
            Map<TopicPartition, OffsetAndMetadata> committed =
                admin
                    .listConsumerGroupOffsets("failover-service")
                    .partitionsToOffsetAndMetadata()
                    .get();
            return ends.entrySet().stream()
                .filter(end -> end.getValue() > 0)
                .allMatch(end ->
                    committed.containsKey(end.getKey())
                        && committed.get(end.getKey()).offset() >= end.getValue());
          });
    }
  }

  /** The dead letters of a topic since a mark: why they are there. */
  List<String> deadLetters(String topic, int mark) {
    poll();
    return records.subList(mark, records.size()).stream()
        .map(Seen::record)
        .filter(record -> record.topic().equals(topic + ".dlt"))
        .map(record -> EventCodec.text(record.headers(), "echopilot_dlt_reason"))
        .map(reason -> requireNonNull(reason, "a dead letter without a reason"))
        .toList();
  }

  private void poll() {
    consumer
        .poll(Duration.ofMillis(100))
        .forEach(record -> records.add(new Seen(record, event(record))));
  }

  private static @Nullable Event event(ConsumerRecord<String, byte[]> record) {
    return EventCodec.decode(record.topic(), record.key(), record.headers(), record.value())
            instanceof Decoded.Known(var envelope)
        ? envelope.data()
        : null;
  }

  @Override
  public void close() {
    consumer.close();
  }
}
