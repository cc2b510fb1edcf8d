package io.echopilot.prober.anomaly;

import java.nio.ByteBuffer;

/** What a series usually is at a time of a period that comes again: a mean per slot, in UTC. */
final class Season {
  /** A slot tells nothing before it was met this often. */
  private static final int KNOWN = 2;

  private static final long DAY = 86_400_000;

  private final int days;
  private final int slots;
  private final double rate;
  private final float[] means;
  private final byte[] seen;

  /**
   * Begins.
   *
   * @param days length of the period
   * @param perDay slots in a day
   * @param memory periods that are remembered
   */
  Season(int days, int perDay, double memory) {
    this.days = days;
    slots = days * perDay;
    rate = 1 / memory;
    means = new float[slots];
    seen = new byte[slots];
  }

  int slot(long epochMilli) {
    long period = DAY * days;
    return (int) (Math.floorMod(epochMilli, period) * slots / period);
  }

  boolean knows(int slot) {
    return seen[slot] >= KNOWN;
  }

  double mean(int slot) {
    return means[slot];
  }

  void add(int slot, double value) {
    means[slot] += (float) (Math.max(rate, 1.0 / (seen[slot] + 1)) * (value - means[slot]));
    seen[slot] = (byte) Math.min(seen[slot] + 1, Byte.MAX_VALUE);
  }

  static int bytes(int days, int perDay) {
    return days * perDay * (Float.BYTES + 1);
  }

  void write(ByteBuffer to) {
    to.put(seen);
    for (int slot = 0; slot < slots; slot++) {
      if (seen[slot] > 0) {
        to.putFloat(means[slot]);
      }
    }
  }

  void read(ByteBuffer from) {
    from.get(seen);
    for (int slot = 0; slot < slots; slot++) {
      if (seen[slot] > 0) {
        means[slot] = from.getFloat();
      }
    }
  }
}
