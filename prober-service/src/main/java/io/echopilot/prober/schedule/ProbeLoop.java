package io.echopilot.prober.schedule;

import io.echopilot.events.Slot;
import io.echopilot.prober.schedule.Rhythm.Planned;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Future;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/** Runs one probe in its slots. All of it happens in the one thread of its timer. */
public final class ProbeLoop {
  private final ScheduledExecutorService timer;
  private final Clock clock;
  private final Runs runs;
  private Rhythm rhythm;
  private @Nullable Future<?> alarm;
  private boolean running;
  private boolean stopped;

  /** What a loop sets off. */
  public interface Runs {
    /**
     * Begins a run; must not block.
     *
     * @return completes, never exceptionally, once the run was reported
     */
    CompletableFuture<Lesson> start(Planned planned);

    /** The run before was still going at this slot. */
    void overran(Planned planned);

    /** How much later than planned a slot began. */
    void late(Duration lateness);
  }

  /** What a run taught about the target. */
  public enum Lesson {
    SUCCESS,
    FAILURE,
    /** Nothing: the location itself is impaired, or the run could not be carried out. */
    NOTHING
  }

  public ProbeLoop(ScheduledExecutorService timer, Clock clock, Rhythm rhythm, Runs runs) {
    this.timer = timer;
    this.clock = clock;
    this.rhythm = rhythm;
    this.runs = runs;
  }

  /** Plans the first slot. */
  public void start() {
    timer.execute(() -> plan(new Planned(rhythm.first(clock.instant()), rhythm.interval())));
  }

  /** No further slot begins; a run that is going on ends and is reported. */
  public void stop() {
    timer.execute(() -> {
      stopped = true;
      disarm();
    });
  }

  private void plan(Planned next) {
    if (stopped) {
      return;
    }
    disarm();
    long delay = Duration.between(clock.instant(), next.slot().start()).toNanos();
    alarm = timer.schedule(() -> begin(next), Math.max(0, delay), TimeUnit.NANOSECONDS);
  }

  private void disarm() {
    if (alarm != null) {
      alarm.cancel(false);
      alarm = null;
    }
  }

  private void begin(Planned due) {
    Instant now = clock.instant();
    Duration lateness = Duration.between(due.slot().start(), now);
    boolean clockStepped = lateness.abs().compareTo(rhythm.interval()) > 0;
    if (!clockStepped) {
      runs.late(lateness.isNegative() ? Duration.ZERO : lateness);
      if (running) {
        runs.overran(due);
      } else {
        running = true;
        var _ = runs.start(due).thenAcceptAsync(lesson -> ended(due.slot(), lesson), timer);
      }
    }
    // Timers may fire a little early: the slot that just began must not be planned again.
    Instant from = !clockStepped && lateness.isNegative() ? due.slot().start() : now;
    plan(rhythm.next(due.slot(), from));
  }

  private void ended(Slot slot, Lesson lesson) {
    running = false;
    boolean wasConfirming = rhythm.isConfirming();
    rhythm =
        switch (lesson) {
          case SUCCESS -> rhythm.after(true);
          case FAILURE -> rhythm.after(false);
          case NOTHING -> rhythm;
        };
    if (rhythm.isConfirming() != wasConfirming) {
      plan(rhythm.next(slot, clock.instant()));
    }
  }
}
