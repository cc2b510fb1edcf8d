package io.echopilot.alert.channel;

import io.echopilot.alert.channel.Channel.Letter;
import io.echopilot.alert.channel.Channel.Receipt;
import io.echopilot.alert.channel.Channel.Receipt.Delivered;
import io.echopilot.alert.channel.Channel.Receipt.Failed;
import io.echopilot.alert.channel.Channel.Receipt.Refused;
import io.echopilot.events.AlertEvent;
import io.echopilot.events.AlertEvent.AlertDelivered;
import io.echopilot.events.AlertEvent.AlertDeliveryFailed;
import io.echopilot.events.AlertEvent.AlertRequested;
import io.echopilot.events.EventEnvelope;
import io.echopilot.events.RecordPosition;
import io.echopilot.events.TopicNames;
import io.echopilot.starter.EchoPilotListener;
import io.echopilot.starter.EventPublisher;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Carries out what one channel is asked to do and says what became of it, one request after the
 * other: the offset moves on only once that is written. So a courier that dies leaves at most the
 * request that it was at to be carried out again, and a slow channel holds up no other.
 */
final class Courier {
  private static final Logger log = LoggerFactory.getLogger(Courier.class);
  private static final Duration PAUSE = Duration.ofSeconds(1);

  private final Channel channel;
  private final EventPublisher publisher;
  private final Clock clock;

  Courier(Channel channel, EventPublisher publisher, Clock clock) {
    this.channel = channel;
    this.publisher = publisher;
    this.clock = clock;
  }

  /** The consumer group of this channel's couriers. */
  public String group() {
    return "alert-courier-" + channel.id();
  }

  @EchoPilotListener(
      id = "#{__listener.group()}",
      topics = TopicNames.ALERT_DELIVERIES,
      groupId = "#{__listener.group()}")
  void on(EventEnvelope<AlertEvent> envelope) {
    if (envelope.data() instanceof AlertRequested request
        && request.channel().equals(channel.id())) {
      carryOut(request, envelope);
    }
  }

  private void carryOut(AlertRequested request, EventEnvelope<?> cause) {
    String delivery =
        "%s/%s/%d".formatted(request.incidentId(), request.channel(), request.delivery());
    Receipt receipt =
        channel
            .deliver(
                new Letter(
                    delivery,
                    request.incident(),
                    request.resolved(),
                    request.message(),
                    request.newer()))
            .exceptionally(failure -> new Failed("a bug: " + failure, null))
            .join();
    AlertEvent result = result(request, receipt, clock.instant());
    tell(result);
    record(result, "%s/%d".formatted(delivery, request.attempt()), cause).join();
  }

  /** Until it is written: to carry the request out again might tell people twice. */
  private CompletableFuture<RecordPosition> record(
      AlertEvent result, String id, EventEnvelope<?> cause) {
    return publisher
        .publish(result, id, cause)
        .exceptionallyComposeAsync(
            failure -> {
              log.warn("Kafka did not take what became of {}, again: {}", id, failure.toString());
              return record(result, id, cause);
            },
            CompletableFuture.delayedExecutor(PAUSE.toMillis(), TimeUnit.MILLISECONDS));
  }

  private static void tell(AlertEvent result) {
    switch (result) {
      case AlertDelivered e ->
          log.info("{} shows {} at revision {}", e.channel(), e.incidentId(), e.revision());
      case AlertDeliveryFailed e ->
          log.warn(
              "{} did not take {} ({}): {}",
              e.channel(),
              e.incidentId(),
              e.permanent() ? "not to be tried again" : "attempt " + e.attempt(),
              e.reason());
      case AlertRequested _ -> {}
    }
  }

  private static AlertEvent result(AlertRequested request, Receipt receipt, Instant at) {
    return switch (receipt) {
      case Delivered(String message) ->
          new AlertDelivered(
              request.channel(),
              request.incidentId(),
              request.incident().revision(),
              request.delivery(),
              request.attempt(),
              message,
              at);
      case Failed(String reason, Duration retryAfter) ->
          failed(request, reason, false, retryAfter, at);
      case Refused(String reason) -> failed(request, reason, true, null, at);
    };
  }

  private static AlertDeliveryFailed failed(
      AlertRequested request,
      String reason,
      boolean permanent,
      @Nullable Duration retryAfter,
      Instant at) {
    return new AlertDeliveryFailed(
        request.channel(),
        request.incidentId(),
        request.incident().revision(),
        request.delivery(),
        request.attempt(),
        reason,
        permanent,
        retryAfter,
        at);
  }
}
