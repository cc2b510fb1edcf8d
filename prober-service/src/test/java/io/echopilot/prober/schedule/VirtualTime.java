package io.echopilot.prober.schedule;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.Comparator;
import java.util.PriorityQueue;
import java.util.concurrent.Callable;
import java.util.concurrent.Delayed;
import java.util.concurrent.FutureTask;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;

/** A clock and a timer that only move when told to; the wall clock may be stepped apart from it. */
public final class VirtualTime extends ScheduledThreadPoolExecutor {
  private final PriorityQueue<Task> tasks =
      new PriorityQueue<>(
          Comparator.<Task>comparingLong(task -> task.due).thenComparingLong(task -> task.number));
  private final Instant start;
  private Duration step = Duration.ZERO;
  private long nanos;
  private long number;

  public VirtualTime(Instant start) {
    super(0);
    this.start = start;
  }

  public Clock clock() {
    return new Clock() {
      @Override
      public ZoneId getZone() {
        return ZoneOffset.UTC;
      }

      @Override
      public Clock withZone(ZoneId zone) {
        return this;
      }

      @Override
      public Instant instant() {
        return start.plusNanos(nanos).plus(step);
      }
    };
  }

  /** The wall clock is set by this much. */
  public void step(Duration by) {
    step = step.plus(by);
  }

  /** Nothing runs for a while, as if the process had been stopped. */
  public void stall(Duration by) {
    nanos += by.toNanos();
  }

  public long nanoTime() {
    return nanos;
  }

  public void advance(Duration by) {
    long until = nanos + by.toNanos();
    while (!tasks.isEmpty() && tasks.peek().due <= until) {
      Task next = tasks.poll();
      nanos = Math.max(nanos, next.due);
      next.run();
    }
    nanos = until;
  }

  @Override
  public void execute(Runnable command) {
    command.run();
  }

  @Override
  public ScheduledFuture<?> schedule(Runnable command, long delay, TimeUnit unit) {
    Task task = new Task(command, nanos + unit.toNanos(delay), number++);
    tasks.add(task);
    return task;
  }

  @Override
  public <V> ScheduledFuture<V> schedule(Callable<V> callable, long delay, TimeUnit unit) {
    throw new UnsupportedOperationException();
  }

  private final class Task extends FutureTask<Void> implements ScheduledFuture<Void> {
    private final long due;
    private final long number;

    Task(Runnable command, long due, long number) {
      super(command, null);
      this.due = due;
      this.number = number;
    }

    @Override
    public boolean cancel(boolean mayInterrupt) {
      tasks.remove(this);
      return super.cancel(mayInterrupt);
    }

    @Override
    public long getDelay(TimeUnit unit) {
      return unit.convert(due - nanos, TimeUnit.NANOSECONDS);
    }

    @Override
    public int compareTo(Delayed other) {
      return Long.compare(getDelay(TimeUnit.NANOSECONDS), other.getDelay(TimeUnit.NANOSECONDS));
    }
  }
}
