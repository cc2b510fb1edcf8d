package io.echopilot.dashboard.web;

import io.echopilot.dashboard.live.LiveStream;
import org.jspecify.annotations.Nullable;
import org.springframework.http.MediaType;
import org.springframework.http.codec.ServerSentEvent;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RequestHeader;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;
import reactor.core.publisher.Flux;

/** The live stream. */
@RestController
class TimelineController {
  private final LiveStream stream;

  TimelineController(LiveStream stream) {
    this.stream = stream;
  }

  /**
   * Follows the timeline as server-sent events.
   *
   * @param seen what a browser sends when it comes back by itself: the id of the last event it got
   * @param after the same, from a page that opens a new stream
   */
  @GetMapping(path = "/api/v1/timeline", produces = MediaType.TEXT_EVENT_STREAM_VALUE)
  Flux<ServerSentEvent<String>> follow(
      @RequestHeader(name = "Last-Event-ID", required = false) @Nullable Long seen,
      @RequestParam(required = false) @Nullable Long after) {
    return stream.after(seen == null ? after : seen);
  }
}
