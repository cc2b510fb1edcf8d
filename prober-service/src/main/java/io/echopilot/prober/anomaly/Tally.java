package io.echopilot.prober.anomaly;

import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;
import java.util.OptionalDouble;

/** What one location saw of a probe in one minute. */
final class Tally {
  private final double[] sums;
  private final int[] counts;
  private int good;
  private int bad;
  private double latency;

  /** Has room for so many numbers. */
  Tally(int numbers) {
    sums = new double[numbers];
    counts = new int[numbers];
  }

  void succeeded(double millis) {
    good++;
    latency += millis;
  }

  void failed() {
    bad++;
  }

  void read(int number, double value) {
    sums[number] += value;
    counts[number]++;
  }

  int good() {
    return good;
  }

  int bad() {
    return bad;
  }

  /** Mean of the runs that succeeded, in milliseconds. */
  OptionalDouble latency() {
    return good == 0 ? OptionalDouble.empty() : OptionalDouble.of(latency / good);
  }

  /** Mean of what was read. */
  OptionalDouble number(int number) {
    return counts[number] == 0
        ? OptionalDouble.empty()
        : OptionalDouble.of(sums[number] / counts[number]);
  }

  void write(DataOutput out, int numbers) throws IOException {
    out.writeInt(good);
    out.writeInt(bad);
    out.writeDouble(latency);
    for (int number = 0; number < numbers; number++) {
      out.writeDouble(sums[number]);
      out.writeInt(counts[number]);
    }
  }

  static Tally read(DataInput in, int room, int numbers) throws IOException {
    Tally tally = new Tally(room);
    tally.good = in.readInt();
    tally.bad = in.readInt();
    tally.latency = in.readDouble();
    for (int number = 0; number < numbers; number++) {
      tally.sums[number] = in.readDouble();
      tally.counts[number] = in.readInt();
    }
    return tally;
  }
}
