package io.echopilot.prober.schedule;

import io.echopilot.events.Slot;
import io.echopilot.prober.schedule.Rhythm.Planned;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Future;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/** Runs one probe in its slots, in the one thread of its {@link Schedule}. */
public final class ProbeLoop {
  private final ScheduledExecutorService timer;
  private final SteadyClock clock;
  private final Runs runs;
  private Rhythm rhythm;
  private @Nullable Slot last;
  private @Nullable Future<?> alarm;
  private CompletableFuture<Void> run = CompletableFuture.completedFuture(null);
  private boolean ended;

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

    /** How much later than planned a slot began, or would have begun. */
    void late(Duration lateness);

    /** This instance was held up for so long that slots have passed, up to the latest. */
    void missed(long slots);
  }

  /** What a run taught about the target. */
  public enum Lesson {
    SUCCESS,
    FAILURE,
    /** Nothing: the location itself is impaired, or the run could not be carried out. */
    NOTHING
  }

  ProbeLoop(ScheduledExecutorService timer, SteadyClock clock, Rhythm rhythm, Runs runs) {
    this.timer = timer;
    this.clock = clock;
    this.rhythm = rhythm;
    this.runs = runs;
  }

  /** Plans the first slot after {@code now}. */
  void begin(Instant now) {
    plan(new Planned(rhythm.first(now), rhythm.interval()));
  }

  /** No further slot begins; a run that is going on ends and is reported. */
  void end() {
    ended = true;
    disarm();
  }

  /** Done once the run that is going on was reported. */
  CompletableFuture<Void> reported() {
    return run;
  }

  /** The clock was stepped: what was planned is planned again. */
  void planAnew() {
    plan(
        last == null
            ? new Planned(rhythm.first(clock.now()), rhythm.interval())
            : rhythm.next(last, clock.now()));
  }

  private void plan(Planned next) {
    if (ended) {
      return;
    }
    disarm();
    long delay = Duration.between(clock.now(), next.slot().start()).toNanos();
    alarm = timer.schedule(() -> due(next), Math.max(0, delay), TimeUnit.NANOSECONDS);
  }

  private void disarm() {
    if (alarm != null) {
      alarm.cancel(false);
      alarm = null;
    }
  }

  private void due(Planned due) {
    Instant start = due.slot().start();
    // The clock may have been laid back a little since the slot was planned.
    Instant now = clock.now().isBefore(start) ? start : clock.now();
    Duration lateness = Duration.between(start, now);
    last = due.slot();
    runs.late(lateness);
    if (lateness.compareTo(due.interval()) >= 0) {
      runs.missed(lateness.dividedBy(due.interval()));
    } else if (run.isDone()) {
      run = runs.start(due).thenCompose(lesson -> learnt(due.slot(), lesson));
    } else {
      runs.overran(due);
    }
    plan(rhythm.next(due.slot(), now));
  }

  /**
   * Seldom is there anything to learn, and then the timer's thread need not wake. The rhythm can be
   * read in another: while a run goes on nothing changes it.
   */
  private CompletableFuture<Void> learnt(Slot slot, Lesson lesson) {
    Rhythm next =
        switch (lesson) {
          case SUCCESS -> rhythm.after(true);
          case FAILURE -> rhythm.after(false);
          case NOTHING -> rhythm;
        };
    return next.failing() == rhythm.failing()
        ? CompletableFuture.completedFuture(null)
        : CompletableFuture.runAsync(() -> follow(slot, next), timer);
  }

  private void follow(Slot slot, Rhythm next) {
    boolean wasConfirming = rhythm.isConfirming();
    rhythm = next;
    if (rhythm.isConfirming() != wasConfirming) {
      plan(rhythm.next(slot, clock.now()));
    }
  }
}
