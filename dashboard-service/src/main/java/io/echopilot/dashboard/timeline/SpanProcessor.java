package io.echopilot.dashboard.timeline;

import static java.util.Objects.requireNonNull;

import io.echopilot.dashboard.summary.OpenSpan;
import io.echopilot.events.EventEnvelope;
import io.echopilot.events.ProbeEvent.ProbeCompleted;
import io.echopilot.events.RecordPosition;
import io.echopilot.starter.streams.EventProcessor;
import io.echopilot.starter.streams.EventStreams;
import io.echopilot.starter.streams.Kept;
import io.echopilot.starter.streams.Outgoing;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import org.apache.kafka.streams.processor.PunctuationType;
import org.apache.kafka.streams.processor.api.ProcessorContext;
import org.jspecify.annotations.Nullable;

/** From single results to summaries; a span that saw none has no summary. */
final class SpanProcessor extends EventProcessor {
  static final String STORE = "spans";
  private static final Duration TICK = Duration.ofMillis(500);

  private final Duration length;
  private final Clock clock;
  private @Nullable Kept<OpenSpan> kept;

  SpanProcessor(EventStreams streams, Duration length, Clock clock) {
    super(streams);
    this.length = length;
    this.clock = clock;
  }

  @Override
  public void init(ProcessorContext<String, Outgoing> context) {
    super.init(context);
    kept = new Kept<>(context, STORE, OpenSpan.class);
    context.schedule(TICK, PunctuationType.WALL_CLOCK_TIME, _ -> closeThoseOver(clock.instant()));
  }

  @Override
  protected void arrived(
      String key, EventEnvelope<?> envelope, RecordPosition position, Instant now) {
    if (!(envelope.data() instanceof ProbeCompleted result)) {
      return;
    }
    OpenSpan open = requireNonNull(kept).get(key);
    if (open != null && open.isOver(now)) {
      close(key, open);
      open = null;
    }
    if (open == null) {
      open = OpenSpan.around(result.service(), now, length);
    }
    requireNonNull(kept).put(key, open.with(result));
  }

  private void closeThoseOver(Instant now) {
    requireNonNull(kept)
        .all()
        .forEach((key, open) -> {
          if (open.isOver(now)) {
            close(key, open);
          }
        });
  }

  private void close(String key, OpenSpan open) {
    requireNonNull(kept).put(key, null);
    if (!open.sites().isEmpty()) {
      send(
          open.summary(),
          "%s/%s/summary".formatted(key, open.from()),
          open.from().plus(open.length()),
          null);
    }
  }
}
