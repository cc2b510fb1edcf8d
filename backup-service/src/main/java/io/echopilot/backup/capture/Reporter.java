package io.echopilot.backup.capture;

import io.echopilot.events.BackupEvent;
import io.echopilot.events.BackupEvent.BackupCompleted;
import io.echopilot.events.BackupEvent.BackupFailed;
import io.echopilot.events.BackupEvent.BackupInterrupted;
import io.echopilot.events.BackupEvent.BackupStarted;
import io.echopilot.events.BackupEvent.BackupVerificationFailed;
import io.echopilot.events.BackupEvent.BackupVerified;
import io.echopilot.events.EventEnvelope;
import io.echopilot.starter.EventPublisher;
import io.micrometer.core.instrument.MeterRegistry;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Says what became of a backup: to Kafka, to operators, and in figures. */
final class Reporter {
  private static final Logger log = LoggerFactory.getLogger(Reporter.class);
  private static final Duration PAUSE = Duration.ofSeconds(1);

  private final EventPublisher publisher;
  private final MeterRegistry meters;

  Reporter(EventPublisher publisher, MeterRegistry meters) {
    this.publisher = publisher;
    this.meters = meters;
  }

  /** Returns when it is written, however long Kafka needs: nothing goes on unsaid. */
  void say(BackupEvent event, EventEnvelope<?> cause) throws InterruptedException {
    String id =
        "%s/%d/%s".formatted(event.backup(), attempt(event), event.getClass().getSimpleName());
    tell(event);
    try {
      write(event, id, cause).get();
    } catch (ExecutionException e) {
      throw new IllegalStateException("can't say " + id, e);
    }
  }

  private CompletableFuture<?> write(BackupEvent event, String id, EventEnvelope<?> cause) {
    return publisher
        .publish(event, id, cause)
        .thenApply(Object.class::cast)
        .exceptionallyComposeAsync(
            failure -> {
              log.warn("Kafka did not take {}, again: {}", id, failure.toString());
              return write(event, id, cause).thenApply(Object.class::cast);
            },
            CompletableFuture.delayedExecutor(PAUSE.toMillis(), TimeUnit.MILLISECONDS));
  }

  private static int attempt(BackupEvent event) {
    return switch (event) {
      case BackupStarted e -> e.attempt();
      case BackupInterrupted e -> e.attempt();
      case BackupCompleted e -> e.attempt();
      case BackupVerified e -> e.attempt();
      case BackupFailed e -> e.attempt();
      case BackupVerificationFailed e -> e.attempt();
    };
  }

  private void tell(BackupEvent event) {
    switch (event) {
      case BackupStarted e ->
          log.info("{} begins ({}, attempt {})", e.backup(), e.reason().value(), e.attempt());
      case BackupInterrupted e ->
          log.warn("{} was interrupted and begins anew; removed: {}", e.backup(), e.removed());
      case BackupCompleted e ->
          log.info(
              "{} lies in {}: {} files, {} bytes, made in {}; its proof begins",
              e.backup(),
              e.location(),
              e.files(),
              e.bytes(),
              seconds(e.took()));
      case BackupVerified e -> {
        log.info(
            "{} is proved: {} tables restored in {}",
            e.backup(),
            e.tables().size(),
            seconds(e.took()));
        count(e, "verified");
        meters.timer("echopilot.backup.proof", "source", e.source().value()).record(e.took());
      }
      case BackupFailed e -> {
        log.warn(
            "{} failed (attempt {}, {}): {}",
            e.backup(),
            e.attempt(),
            e.step().value(),
            e.reason());
        count(e, "failed");
      }
      case BackupVerificationFailed e -> {
        log.error(
            "{} is no good (attempt {}, {}): {}",
            e.backup(),
            e.attempt(),
            e.step().value(),
            e.findings());
        count(e, "verification-failed");
      }
    }
  }

  private static String seconds(Duration took) {
    return "%.1f s".formatted(took.toMillis() / 1_000.0);
  }

  private void count(BackupEvent event, String outcome) {
    meters
        .counter("echopilot.backups", "source", event.source().value(), "outcome", outcome)
        .increment();
  }
}
