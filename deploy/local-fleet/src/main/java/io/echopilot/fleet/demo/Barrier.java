package io.echopilot.fleet.demo;

import java.time.Clock;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.function.Supplier;

/**
 * Lets a test stop writes at the door and look at the world while they wait. A write that was held
 * is evaluated even when its sender has died since: to an edge on a slow network the two look the
 * same.
 */
final class Barrier {
  private final Executor writer;
  private final Clock clock;
  private final Deque<Held> held = new ArrayDeque<>();
  private long toHold;

  /**
   * @param writer evaluates one after the other, in the order given
   */
  Barrier(Executor writer, Clock clock) {
    this.writer = writer;
    this.clock = clock;
  }

  /** A write at the door. */
  record Waiting(RouteWrite write, Instant since) {}

  private record Held(
      Waiting waiting, Supplier<Answer> evaluation, CompletableFuture<Answer> answer) {}

  synchronized CompletableFuture<Answer> pass(RouteWrite write, Supplier<Answer> evaluation) {
    if (toHold == 0) {
      return CompletableFuture.supplyAsync(evaluation, writer);
    }
    toHold--;
    Held waits =
        new Held(new Waiting(write, clock.instant()), evaluation, new CompletableFuture<>());
    held.add(waits);
    return waits.answer();
  }

  /** Holds so many writes from now on; those after them pass. */
  synchronized void hold(long count) {
    toHold = count;
  }

  synchronized List<Waiting> waiting() {
    return held.stream().map(Held::waiting).toList();
  }

  /** Ends the holding. */
  synchronized CompletableFuture<Integer> releaseAll() {
    toHold = 0;
    return release(held.size());
  }

  /** Lets the oldest pass; the holding goes on. */
  synchronized CompletableFuture<Integer> releaseOldest(int count) {
    return release(Math.min(count, held.size()));
  }

  private CompletableFuture<Integer> release(int count) {
    CompletableFuture<Integer> released = CompletableFuture.completedFuture(0);
    for (int i = 0; i < count; i++) {
      Held next = held.remove();
      CompletableFuture<Answer> evaluated = next.answer().completeAsync(next.evaluation(), writer);
      released = released.thenCombine(evaluated, (sum, _) -> sum + 1);
    }
    return released;
  }
}
