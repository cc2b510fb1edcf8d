package io.echopilot.alert.history;

import io.echopilot.events.AlertEvent;
import io.echopilot.events.EventEnvelope;
import io.echopilot.events.IncidentEvent;
import io.echopilot.events.RecordPosition;
import io.echopilot.events.TopicNames;
import io.echopilot.starter.EchoPilotListener;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import org.springframework.kafka.support.KafkaHeaders;
import org.springframework.messaging.handler.annotation.Header;
import reactor.core.Disposable;
import reactor.core.Disposables;
import reactor.core.publisher.Mono;
import reactor.util.retry.Retry;

/**
 * Follows the two topics. While the database is away it tries again for as long as it takes, and
 * its consumer goes on polling without being given more. What the database refuses for what it says
 * goes to the dead letters.
 */
final class HistoryListener implements AutoCloseable {
  static final String GROUP = "alert-history";
  private static final Duration FIRST_PAUSE = Duration.ofMillis(200);
  private static final Duration LONGEST_PAUSE = Duration.ofSeconds(5);

  private final HistoryWriter writer;
  private final Backlog backlog;
  private final Disposable.Composite writing = Disposables.composite();

  HistoryListener(HistoryWriter writer, Backlog backlog) {
    this.writer = writer;
    this.backlog = backlog;
  }

  @EchoPilotListener(id = "history-incidents", topics = TopicNames.INCIDENTS, groupId = GROUP)
  CompletableFuture<Void> onIncident(
      EventEnvelope<IncidentEvent> envelope,
      @Header(KafkaHeaders.RECEIVED_PARTITION) int partition,
      @Header(KafkaHeaders.OFFSET) long offset) {
    return written(envelope, new RecordPosition(TopicNames.INCIDENTS, partition, offset));
  }

  @EchoPilotListener(
      id = "history-deliveries",
      topics = TopicNames.ALERT_DELIVERIES,
      groupId = GROUP)
  CompletableFuture<Void> onDelivery(
      EventEnvelope<AlertEvent> envelope,
      @Header(KafkaHeaders.RECEIVED_PARTITION) int partition,
      @Header(KafkaHeaders.OFFSET) long offset) {
    return written(envelope, new RecordPosition(TopicNames.ALERT_DELIVERIES, partition, offset));
  }

  private CompletableFuture<Void> written(EventEnvelope<?> envelope, RecordPosition position) {
    backlog.add(position, envelope.time());
    CompletableFuture<Void> written = new CompletableFuture<>();
    Mono<Void> write =
        Mono.defer(() -> writer.write(envelope, position.offset()))
            .retryWhen(
                Retry.backoff(Long.MAX_VALUE, FIRST_PAUSE)
                    .maxBackoff(LONGEST_PAUSE)
                    .filter(Failures::isOfState)
                    .doBeforeRetry(signal -> backlog.failed(signal.failure())))
            .doFinally(_ -> backlog.remove(position));
    Disposable.Swap under = Disposables.swap();
    writing.add(under);
    under.update(
        write
            .doFinally(_ -> writing.remove(under))
            .subscribe(
                _ -> {},
                written::completeExceptionally,
                () -> {
                  backlog.succeeded();
                  written.complete(null);
                }));
    return written;
  }

  /** What is not written yet stays so: its offset is not committed. */
  @Override
  public void close() {
    writing.dispose();
  }
}
