package io.echopilot.events;

import java.util.Comparator;

/**
 * The fencing token of a service's route, compared by generation and then by counter. The counter
 * grows by one with each switch; only break-glass raises the generation. Whoever holds a lower one
 * than the route shows must not write.
 */
public record Epoch(long generation, long counter) implements Comparable<Epoch> {
  /** The epoch of a route that EchoPilot has never switched. */
  public static final Epoch ZERO = new Epoch(0, 0);

  private static final Comparator<Epoch> ORDER =
      Comparator.comparingLong(Epoch::generation).thenComparingLong(Epoch::counter);

  public Epoch {
    Checks.atLeast("epoch.generation", 0, generation);
    Checks.atLeast("epoch.counter", 0, counter);
  }

  public Epoch next() {
    return new Epoch(generation, counter + 1);
  }

  public boolean isAfter(Epoch other) {
    return compareTo(other) > 0;
  }

  public static Epoch max(Epoch a, Epoch b) {
    return a.isAfter(b) ? a : b;
  }

  @Override
  public int compareTo(Epoch other) {
    return ORDER.compare(this, other);
  }

  @Override
  public String toString() {
    return generation + "." + counter;
  }
}
