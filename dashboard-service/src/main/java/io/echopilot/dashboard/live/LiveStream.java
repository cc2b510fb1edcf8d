package io.echopilot.dashboard.live;

import io.echopilot.dashboard.live.Page.Entries;
import io.echopilot.dashboard.live.Page.Snapshot;
import io.echopilot.events.EventJson;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.springframework.http.codec.ServerSentEvent;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Sinks;
import reactor.core.publisher.Sinks.EmitFailureHandler;

/**
 * Server-sent events for any number of browsers. Each has a place of its own on the timeline and
 * takes from there as fast as it can, so a slow one holds up nobody and misses nothing.
 */
public final class LiveStream {
  private static final Duration BEAT = Duration.ofSeconds(2);

  /** News that came while nobody listened for it yet must not wait for the next. */
  private static final Duration LOOK = Duration.ofSeconds(1);

  private static final Duration BACK_AFTER = Duration.ofSeconds(1);

  private final LiveTimeline timeline;
  private final Pulse pulse;
  private final Sinks.Many<Long> news = Sinks.many().multicast().directBestEffort();
  private final Sinks.Empty<Void> end = Sinks.empty();

  LiveStream(LiveTimeline timeline, Pulse pulse) {
    this.timeline = timeline;
    this.pulse = pulse;
  }

  /**
   * Follows the timeline: {@code snapshot} first, when nothing was seen or what comes next is held
   * no more (then after a {@code gap}), and from there on each {@code entry}. Between them, a
   * {@code beat} every two seconds says how the dashboard itself fares.
   *
   * @param seen offset of the last entry that was seen; null to begin
   */
  public Flux<ServerSentEvent<String>> after(@Nullable Long seen) {
    return Flux.defer(
            () -> {
              AtomicReference<@Nullable Long> place = new AtomicReference<>(seen);
              return Flux.merge(news.asFlux(), Flux.interval(Duration.ZERO, LOOK))
                  .onBackpressureLatest()
                  .concatMapIterable(_ -> next(place), 1);
            })
        .mergeWith(Flux.interval(Duration.ZERO, BEAT).onBackpressureDrop().map(_ -> beat()))
        .takeUntilOther(end.asMono());
  }

  /** Something is new. */
  void changed() {
    news.emitNext(timeline.last(), EmitFailureHandler.FAIL_FAST);
  }

  /** Ends every stream, so that none holds up the shutdown; browsers come back by themselves. */
  void close() {
    var _ = end.tryEmitEmpty();
  }

  private Iterable<ServerSentEvent<String>> next(AtomicReference<@Nullable Long> place) {
    Page page = timeline.after(place.get());
    place.set(page.seen());
    return switch (page) {
      case Entries(var lines, _) ->
          lines.stream().map(line -> event("entry", line.offset(), line.json())).toList();
      case Snapshot snapshot ->
          Stream.concat(
                  snapshot.gap() ? Stream.of(gap()) : Stream.empty(),
                  Stream.of(event("snapshot", snapshot.offset(), json(snapshot))))
              .toList();
    };
  }

  private static String json(Snapshot snapshot) {
    return "{\"offset\":%d,\"board\":[%s],\"recent\":[%s]}"
        .formatted(
            snapshot.offset(),
            String.join(",", snapshot.board()),
            String.join(",", snapshot.recent()));
  }

  private static ServerSentEvent<String> event(String name, long offset, String json) {
    return ServerSentEvent.<String>builder()
        .event(name)
        .id(Long.toString(offset))
        .data(json)
        .build();
  }

  private static ServerSentEvent<String> gap() {
    return ServerSentEvent.<String>builder().event("gap").data("{}").build();
  }

  private ServerSentEvent<String> beat() {
    return ServerSentEvent.<String>builder()
        .event("beat")
        .retry(BACK_AFTER)
        .data(EventJson.mapper().writeValueAsString(pulse.last()))
        .build();
  }
}
