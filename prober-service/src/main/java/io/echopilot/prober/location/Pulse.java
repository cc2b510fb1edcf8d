package io.echopilot.prober.location;

import io.echopilot.events.ProbeError;
import io.echopilot.events.ProbeError.Kind;
import io.echopilot.probes.Finding;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;

/**
 * Whether this process itself stood still while a probe ran: its garbage was collected, the machine
 * gave it no time, a loop was blocked. Each thread that carries probes beats; a beat that comes
 * late tells for how long.
 */
public final class Pulse {
  private static final long BEAT_NANOS = TimeUnit.MILLISECONDS.toNanos(50);

  /** Of a time-out: less than that does not make a healthy target miss it. */
  private static final int SHARE = 4;

  private static final int MOST_REMEMBERED = 100;

  private final LongSupplier nanos;
  private final List<Heart> hearts;

  /**
   * Begins to beat.
   *
   * @param threads executors of one thread each
   * @param nanos as {@link System#nanoTime}
   */
  public Pulse(List<? extends ScheduledExecutorService> threads, LongSupplier nanos) {
    this.nanos = nanos;
    this.hearts = threads.stream().map(Heart::new).toList();
    hearts.forEach(Heart::beatLater);
  }

  /**
   * What remains of a finding: one that this process' own standstill may have caused says nothing
   * of the target.
   *
   * @param timeout of the run
   * @param started {@code nanos} when the run began
   */
  public Finding doubted(Finding finding, Duration timeout, long started) {
    ProbeError error = finding.error();
    if (error == null || !isMatterOfTime(error.kind())) {
      return finding;
    }
    long stood = stood(started);
    return !isLong(stood, timeout)
        ? finding
        : Finding.of(
            new ProbeError(
                Kind.STALLED,
                "this prober stood still for %d ms of the run, so nothing follows from: %s"
                    .formatted(TimeUnit.NANOSECONDS.toMillis(stood), error.message())),
            finding.phases());
  }

  /**
   * Whether so much of a time-out was lost that having waited for it in vain says nothing.
   *
   * @param started {@code nanos} when the wait began
   */
  public boolean stoodStill(Duration timeout, long started) {
    return isLong(stood(started), timeout);
  }

  private long stood(long started) {
    long now = nanos.getAsLong();
    return hearts.stream().mapToLong(heart -> heart.stood(started, now)).max().orElse(0);
  }

  private static boolean isLong(long stood, Duration timeout) {
    return stood >= Math.max(BEAT_NANOS, timeout.toNanos() / SHARE);
  }

  private static boolean isMatterOfTime(Kind kind) {
    return switch (kind) {
      case DNS, CONNECT, TIMEOUT, TLS, PROTOCOL, OTHER -> true;
      case REFUSED,
          STATUS,
          REDIRECT,
          HEADER,
          BODY,
          DEPENDENCY,
          ANSWER,
          EXPIRING,
          LOGIN,
          LATE,
          SETUP,
          DENIED,
          STALLED ->
          false;
    };
  }

  private record Standstill(long from, long to) {}

  private final class Heart {
    private final ScheduledExecutorService thread;
    private final Deque<Standstill> standstills = new ArrayDeque<>();
    private long due;

    Heart(ScheduledExecutorService thread) {
      this.thread = thread;
      this.due = nanos.getAsLong() + BEAT_NANOS;
    }

    private void beatLater() {
      try {
        var _ = thread.schedule(this::beat, BEAT_NANOS, TimeUnit.NANOSECONDS);
      } catch (RejectedExecutionException _) {
        // The process stops.
      }
    }

    private void beat() {
      note(nanos.getAsLong());
      beatLater();
    }

    private synchronized void note(long now) {
      if (now - due > BEAT_NANOS) {
        standstills.addLast(new Standstill(due, now));
        if (standstills.size() > MOST_REMEMBERED) {
          standstills.removeFirst();
        }
      }
      due = now + BEAT_NANOS;
    }

    /** The longest standstill within a time, the one that may be going on included. */
    private synchronized long stood(long from, long to) {
      long longest = to - Math.max(from, due);
      for (Standstill each : standstills) {
        longest = Math.max(longest, each.to() - Math.max(from, each.from()));
      }
      return longest;
    }
  }
}
