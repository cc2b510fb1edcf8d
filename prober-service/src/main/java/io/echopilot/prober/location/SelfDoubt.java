package io.echopilot.prober.location;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * Whether a failure is the target's or this location's own. A run that failed is only believed
 * after a look at the references that began after the run did, so the very first failure of a
 * network outage already says that the location is impaired.
 */
public final class SelfDoubt {
  private final References references;
  private final ScheduledExecutorService timer;
  private final Clock clock;
  private final Duration recheck;
  private final Listener listener;
  private @Nullable Look latest;
  private @Nullable Instant impairedSince;

  /** Hears when the location's own state changes. */
  public interface Listener {
    void impaired(Instant since, String reason);

    void recovered(Instant impairedSince);
  }

  private record Look(long startedNanos, CompletableFuture<Boolean> answers) {}

  public SelfDoubt(
      References references,
      ScheduledExecutorService timer,
      Clock clock,
      Duration recheck,
      Listener listener) {
    this.references = references;
    this.timer = timer;
    this.clock = clock;
    this.recheck = recheck;
    this.listener = listener;
  }

  /**
   * Whether this location is impaired, by a look that began after {@code startedNanos}. Runs that
   * fail together share one look.
   *
   * @param startedNanos {@link System#nanoTime} when the failed run began
   */
  public CompletableFuture<Boolean> isImpaired(long startedNanos) {
    if (references.addresses().isEmpty()) {
      return CompletableFuture.completedFuture(false);
    }
    return look(startedNanos).thenApply(answers -> !answers);
  }

  public synchronized boolean isImpaired() {
    return impairedSince != null;
  }

  private synchronized CompletableFuture<Boolean> look(long after) {
    if (latest != null && latest.startedNanos() - after > 0) {
      return latest.answers();
    }
    Look begun = new Look(System.nanoTime(), references.anyAnswers());
    latest = begun;
    return begun
        .answers()
        .thenApply(answers -> {
          seen(answers);
          return answers;
        });
  }

  private synchronized void seen(boolean answers) {
    if (!answers && impairedSince == null) {
      impairedSince = clock.instant();
      listener.impaired(
          impairedSince, "none of %s answers".formatted(String.join(", ", references.addresses())));
      lookAgain();
    } else if (answers && impairedSince != null) {
      Instant since = impairedSince;
      impairedSince = null;
      listener.recovered(since);
    }
  }

  private void lookAgain() {
    var _ =
        timer.schedule(
            () -> {
              var _ =
                  look(System.nanoTime())
                      .thenAccept(answers -> {
                        if (!answers) {
                          lookAgain();
                        }
                      });
            },
            recheck.toMillis(),
            TimeUnit.MILLISECONDS);
  }
}
