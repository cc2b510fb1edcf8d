package io.echopilot.backup.capture;

import io.echopilot.backup.postgres.Deadline;
import io.echopilot.backup.postgres.Hold;
import io.echopilot.backup.postgres.ToolFailure;
import io.echopilot.backup.storage.BackupFolder;
import io.echopilot.events.BackupCommand;
import io.echopilot.events.BackupCommand.BackupRequested;
import io.echopilot.events.BackupEvent.BackupFailed;
import io.echopilot.events.BackupEvent.BackupInterrupted;
import io.echopilot.events.BackupStep;
import io.echopilot.events.EventEnvelope;
import io.echopilot.events.SourceId;
import io.echopilot.events.TopicNames;
import io.echopilot.starter.EchoPilotListener;
import java.io.IOException;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Clock;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.beans.factory.DisposableBean;

/**
 * Makes the backups that are asked for, one at a time, on a thread of its own: Kafka is polled
 * meanwhile. The offset moves on only once the last word on a backup is written, so a worker that
 * dies leaves at most the one that it was at, which begins anew.
 */
final class Worker implements DisposableBean {
  private static final Logger log = LoggerFactory.getLogger(Worker.class);
  private static final long STOP_SECONDS = 10;

  private final Map<SourceId, SourceSettings> sources;
  private final BackupFolder storage;
  private final Path work;
  private final @Nullable Path tools;
  private final Reporter reporter;
  private final Clock clock;
  private final ExecutorService thread =
      Executors.newSingleThreadExecutor(Thread.ofPlatform().name("backup-worker").factory());

  /**
   * Waits for requests.
   *
   * @param work folder of this process alone
   * @param tools folder of PostgreSQL's tools; null takes the newest installed
   */
  Worker(
      Map<SourceId, SourceSettings> sources,
      BackupFolder storage,
      Path work,
      @Nullable Path tools,
      Reporter reporter,
      Clock clock) {
    this.sources = sources;
    this.storage = storage;
    this.work = work;
    this.tools = tools;
    this.reporter = reporter;
    this.clock = clock;
  }

  @EchoPilotListener(
      id = "backup-worker",
      topics = TopicNames.BACKUP_COMMANDS,
      groupId = "backup-worker")
  CompletableFuture<Void> on(EventEnvelope<BackupCommand> envelope) {
    return switch (envelope.data()) {
      case BackupRequested request -> begin(request, envelope);
    };
  }

  /** A stop leaves the request open: whoever comes next carries it out. */
  private CompletableFuture<Void> begin(BackupRequested request, EventEnvelope<?> cause) {
    CompletableFuture<Void> done = new CompletableFuture<>();
    thread.execute(() -> {
      try {
        carryOut(request, cause);
        done.complete(null);
      } catch (InterruptedException _) {
        Thread.currentThread().interrupt();
        log.warn("{} is left for the next start: this one stops", request.backup());
      } catch (RuntimeException e) {
        done.completeExceptionally(e);
      }
    });
    return done;
  }

  private void carryOut(BackupRequested request, EventEnvelope<?> cause)
      throws InterruptedException {
    SourceSettings source = sources.get(request.source());
    if (source == null) {
      String unknown = "this instance knows no such source: see echopilot.backup.sources";
      reporter.say(failed(request, unknown), cause);
      return;
    }
    Deadline deadline = Deadline.in(source.timeLimit(), clock);
    try (Hold _ = Hold.of(source.database(), request.backup(), deadline)) {
      make(request, source, deadline, cause);
    } catch (IOException | SQLException | ToolFailure e) {
      reporter.say(failed(request, Reasons.of(e, source.database())), cause);
    }
  }

  private void make(
      BackupRequested request, SourceSettings source, Deadline deadline, EventEnvelope<?> cause)
      throws InterruptedException {
    Path own = work.resolve(request.backup().value());
    List<String> removed = Leftovers.remove(request.backup(), source, storage, own);
    if (!removed.isEmpty()) {
      reporter.say(
          new BackupInterrupted(
              request.source(), request.backup(), request.attempt(), removed, clock.instant()),
          cause);
    }
    new BackupRun(
            request, source, storage, own, deadline, clock, event -> reporter.say(event, cause))
        .run(tools);
  }

  private BackupFailed failed(BackupRequested request, String reason) {
    return new BackupFailed(
        request.source(),
        request.backup(),
        request.attempt(),
        BackupStep.DUMP,
        reason,
        clock.instant());
  }

  @Override
  public void destroy() throws InterruptedException {
    thread.shutdownNow();
    if (!thread.awaitTermination(STOP_SECONDS, TimeUnit.SECONDS)) {
      log.warn("A backup does not let go; the next start removes what it leaves");
    }
  }
}
