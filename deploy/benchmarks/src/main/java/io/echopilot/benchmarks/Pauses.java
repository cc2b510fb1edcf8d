package io.echopilot.benchmarks;

import java.util.concurrent.locks.LockSupport;

/** Waiting to a point in time. */
final class Pauses {
  private Pauses() {}

  static void until(long nanoTime) {
    for (long left = nanoTime - System.nanoTime(); left > 0; left = nanoTime - System.nanoTime()) {
      LockSupport.parkNanos(left);
    }
  }
}
