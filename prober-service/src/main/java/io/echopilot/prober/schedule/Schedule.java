package io.echopilot.prober.schedule;

import java.time.Instant;
import java.util.Collection;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** All loops of an instance. All of it happens in the one thread of its timer. */
public final class Schedule {
  private static final Logger log = LoggerFactory.getLogger(Schedule.class);
  private static final long FOLLOW_MILLIS = 1_000;

  private final ScheduledExecutorService timer;
  private final SteadyClock clock;
  private final Set<ProbeLoop> loops = new LinkedHashSet<>();
  private final Set<ProbeLoop> ending = new HashSet<>();

  public Schedule(ScheduledExecutorService timer, SteadyClock clock) {
    this.timer = timer;
    this.clock = clock;
    followLater();
  }

  /** A loop that is yet to begin. */
  public ProbeLoop loop(Rhythm rhythm, ProbeLoop.Runs runs) {
    return new ProbeLoop(timer, clock, rhythm, runs);
  }

  /**
   * Puts loops in the place of others, between two slots: one that both have is run once. A run
   * that is going on ends and is reported.
   */
  public void replace(Collection<ProbeLoop> ended, Collection<ProbeLoop> begun) {
    timer.execute(() -> {
      ended.forEach(this::end);
      loops.addAll(begun);
      Instant now = clock.now();
      begun.forEach(loop -> loop.begin(now));
    });
  }

  /**
   * No further slot begins.
   *
   * @return completes once the last run was reported
   */
  public CompletableFuture<Void> end() {
    CompletableFuture<Void> reported = new CompletableFuture<>();
    timer.execute(() -> {
      List.copyOf(loops).forEach(this::end);
      var _ =
          CompletableFuture.allOf(
                  ending.stream().map(ProbeLoop::reported).toArray(CompletableFuture[]::new))
              .thenRun(() -> reported.complete(null));
    });
    return reported;
  }

  private void end(ProbeLoop loop) {
    loops.remove(loop);
    loop.end();
    ending.add(loop);
    var _ = loop.reported().thenRunAsync(() -> ending.remove(loop), timer);
  }

  private void followLater() {
    var _ = timer.schedule(this::follow, FOLLOW_MILLIS, TimeUnit.MILLISECONDS);
  }

  private void follow() {
    followLater();
    if (clock.follow()) {
      log.warn("The clock was stepped, all slots are planned anew from {}", clock.now());
      loops.forEach(ProbeLoop::planAnew);
    }
  }
}
