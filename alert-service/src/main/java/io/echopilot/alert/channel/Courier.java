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
import io.echopilot.events.ChannelId;
import io.echopilot.events.EventEnvelope;
import io.echopilot.events.TopicNames;
import io.echopilot.starter.EchoPilotListener;
import io.echopilot.starter.EventPublisher;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Carries out what was requested and says what became of it. The offset is committed only once that
 * is written, so a request whose courier died is carried out again by its successor.
 */
final class Courier {
  private static final Logger log = LoggerFactory.getLogger(Courier.class);

  private final Map<ChannelId, Channel> channels;
  private final EventPublisher publisher;
  private final Clock clock;

  Courier(Collection<Channel> channels, EventPublisher publisher, Clock clock) {
    this.channels = channels.stream().collect(Collectors.toMap(Channel::id, Function.identity()));
    this.publisher = publisher;
    this.clock = clock;
  }

  @EchoPilotListener(
      id = "courier",
      topics = TopicNames.ALERT_DELIVERIES,
      groupId = "alert-courier")
  CompletableFuture<Void> on(EventEnvelope<AlertEvent> envelope) {
    return envelope.data() instanceof AlertRequested request
        ? carryOut(request, envelope)
        : CompletableFuture.completedFuture(null);
  }

  private CompletableFuture<Void> carryOut(AlertRequested request, EventEnvelope<?> cause) {
    String delivery =
        "%s/%s/%d".formatted(request.incidentId(), request.channel(), request.delivery());
    return receipt(request, delivery)
        .thenCompose(receipt -> {
          AlertEvent result = result(request, receipt, clock.instant());
          tell(result);
          return publisher.publish(result, "%s/%d".formatted(delivery, request.attempt()), cause);
        })
        .thenAccept(_ -> {});
  }

  private CompletableFuture<Receipt> receipt(AlertRequested request, String delivery) {
    Channel channel = channels.get(request.channel());
    if (channel == null) {
      return CompletableFuture.completedFuture(
          new Refused("no channel of this name is configured"));
    }
    return channel
        .deliver(new Letter(delivery, request.incident(), request.resolved(), request.message()))
        .exceptionally(failure -> new Failed("a bug: " + failure, null));
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
