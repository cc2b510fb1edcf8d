package io.echopilot.dashboard.live;

import static io.echopilot.dashboard.live.Entry.NOWHERE;

import io.echopilot.events.Event;
import io.echopilot.events.EventCodec;
import io.echopilot.events.EventCodec.Decoded;
import io.echopilot.events.EventEnvelope;
import io.echopilot.events.HeartbeatEvent;
import io.echopilot.events.HeartbeatEvent.ServiceHeartbeat;
import io.echopilot.events.RecordPosition;
import io.echopilot.events.TimelineEvent;
import io.echopilot.events.Topic;
import io.echopilot.events.Topics;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.TimeoutException;
import org.apache.kafka.common.errors.WakeupException;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Reads the board's base from the events' own topics, which keep longer than the timeline, and then
 * follows the timeline.
 */
final class TimelineReader implements Runnable {
  private static final Logger log = LoggerFactory.getLogger(TimelineReader.class);
  private static final TopicPartition TIMELINE = new TopicPartition(Topics.TIMELINE.name(), 0);
  private static final List<Topic<? extends Event>> BASE =
      List.of(Topics.SERVICES, Topics.FAILOVER_STATE, Topics.INCIDENTS, Topics.BACKUP_EVENTS);
  private static final Duration POLL = Duration.ofMillis(500);
  private static final Duration PATIENCE = Duration.ofSeconds(2);

  private final Supplier<Consumer<String, byte[]>> consumers;
  private final int kept;
  private final LiveTimeline timeline;
  private final LiveStream stream;
  private final Pulse pulse;
  private volatile boolean stopped;
  private volatile @Nullable Consumer<String, byte[]> current;

  TimelineReader(
      Supplier<Consumer<String, byte[]>> consumers,
      int kept,
      LiveTimeline timeline,
      LiveStream stream,
      Pulse pulse) {
    this.consumers = consumers;
    this.kept = kept;
    this.timeline = timeline;
    this.stream = stream;
    this.pulse = pulse;
  }

  /** Until stopped: a broken connection is begun anew where the last one ended. */
  @Override
  public void run() {
    while (!stopped) {
      try (Consumer<String, byte[]> consumer = consumers.get()) {
        current = consumer;
        read(consumer);
      } catch (WakeupException _) {
        // How a consumer is told to stop.
      } catch (RuntimeException e) {
        log.warn("Reading the timeline is begun anew: {}", e.toString());
        pulse.silent();
        LockSupport.parkNanos(PATIENCE.toNanos());
      }
    }
  }

  void stop() {
    stopped = true;
    Consumer<String, byte[]> consumer = current;
    if (consumer != null) {
      consumer.wakeup();
    }
  }

  private void read(Consumer<String, byte[]> consumer) {
    consumer.assign(List.of(TIMELINE));
    long begin = consumer.beginningOffsets(List.of(TIMELINE)).getOrDefault(TIMELINE, 0L);
    long end = end(consumer);
    long from = timeline.last() + 1;
    if (!timeline.isLoaded()) {
      readBase(consumer);
      from = Math.max(begin, end - kept);
      timeline.startAt(from);
    }
    follow(consumer, from);
    long asked = 0;
    while (!stopped) {
      for (ConsumerRecord<String, byte[]> record : consumer.poll(POLL)) {
        take(record, record.offset() < end);
      }
      if (System.nanoTime() - asked > PATIENCE.toNanos() || !timeline.isLoaded()) {
        ask(consumer);
        asked = System.nanoTime();
      }
    }
  }

  /** The timeline from there on, and heartbeats from now on. */
  private static void follow(Consumer<String, byte[]> consumer, long from) {
    List<TopicPartition> heartbeats = partitions(consumer, Topics.HEARTBEATS).toList();
    consumer.assign(Stream.concat(Stream.of(TIMELINE), heartbeats.stream()).toList());
    consumer.seekToEnd(heartbeats);
    consumer.seek(TIMELINE, from);
  }

  private static Stream<TopicPartition> partitions(Consumer<?, ?> consumer, Topic<?> topic) {
    return consumer.partitionsFor(topic.name()).stream()
        .map(info -> new TopicPartition(info.topic(), info.partition()));
  }

  /** Once it has read what was there, the board is whole. */
  private void ask(Consumer<String, byte[]> consumer) {
    try {
      long behind = Math.max(0, end(consumer) - consumer.position(TIMELINE, PATIENCE));
      pulse.answered(behind);
      if (behind == 0 && !timeline.isLoaded()) {
        timeline.loaded();
        stream.changed();
      }
    } catch (TimeoutException _) {
      pulse.silent();
    }
  }

  private void readBase(Consumer<String, byte[]> consumer) {
    List<TopicPartition> partitions =
        BASE.stream().flatMap(topic -> partitions(consumer, topic)).toList();
    consumer.assign(partitions);
    consumer.seekToBeginning(partitions);
    Map<TopicPartition, Long> ends = consumer.endOffsets(partitions);
    while (!stopped
        && ends.entrySet().stream()
            .anyMatch(end -> consumer.position(end.getKey()) < end.getValue())) {
      consumer.poll(POLL).forEach(this::base);
    }
  }

  private void base(ConsumerRecord<String, byte[]> record) {
    Decoded decoded = decode(record);
    if (decoded instanceof Decoded.Known(EventEnvelope<?> envelope)) {
      timeline.base(Entry.of(NOWHERE, origin(record), envelope, record.value()));
    } else if (decoded instanceof Decoded.Tombstone && record.key() != null) {
      timeline.gone(record.key());
    }
  }

  private void take(ConsumerRecord<String, byte[]> record, boolean known) {
    switch (decode(record)) {
      case Decoded.Known(var envelope) when envelope.data() instanceof ServiceHeartbeat heartbeat ->
          pulse.heard(heartbeat.application());
      case Decoded.Known(var envelope) when envelope.data() instanceof HeartbeatEvent -> {}
      case Decoded.Known(var envelope) -> {
        String origin = EventCodec.text(record.headers(), TimelineEvent.ORIGIN);
        timeline.next(Entry.of(record.offset(), origin, envelope, record.value()), known);
        stream.changed();
      }
      case Decoded.Malformed(String reason) ->
          log.warn("{} is left out: {}", origin(record), reason);
      case Decoded.UnknownType _, Decoded.Tombstone _ -> {}
    }
  }

  private static Decoded decode(ConsumerRecord<String, byte[]> record) {
    return EventCodec.decode(record.topic(), record.key(), record.headers(), record.value());
  }

  private static String origin(ConsumerRecord<?, ?> record) {
    return new RecordPosition(record.topic(), record.partition(), record.offset()).toString();
  }

  private static long end(Consumer<?, ?> consumer) {
    return consumer.endOffsets(List.of(TIMELINE), PATIENCE).getOrDefault(TIMELINE, 0L);
  }
}
