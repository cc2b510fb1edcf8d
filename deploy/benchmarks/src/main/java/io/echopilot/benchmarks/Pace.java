package io.echopilot.benchmarks;

/** Keeps a rate from a fixed start, so that a late step does not shift those after it. */
final class Pace {
  private final long start = System.nanoTime();
  private final long step;

  Pace(int perSecond) {
    step = 1_000_000_000L / perSecond;
  }

  void await(int number) {
    Pauses.until(start + number * step);
  }
}
