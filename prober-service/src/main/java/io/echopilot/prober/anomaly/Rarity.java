package io.echopilot.prober.anomaly;

import java.nio.ByteBuffer;

/**
 * How rare what each view sees is, by what it saw before: a histogram of strengths per view, four
 * bins to a doubling, whose old entries fade. The chance of a strength is estimated with a kernel:
 * an entry of strength {@code e} stands for {@code (e/s)^5} entries of {@code s} or more, so that
 * beyond the strongest ever seen the chance falls as a power law instead of to zero (the tail that
 * the theorem of Pickands, Balkema and de Haan allows for heavy-tailed data).
 */
final class Rarity {
  static final int BINS = 64;

  /** Strengths up to {@code 2^-4} are all the same: usual. */
  private static final int LEAST_EXPONENT = -4;

  private static final int BINS_PER_DOUBLING = 4;
  private static final double TAIL = 5;

  /** An entry this many bins below counts for less than a millionth. */
  private static final int REACH = 16;

  /** Entries fade by this each step: about 20,000 are remembered. */
  private static final double FADING = 1.000_05;

  private static final double SCALE_LIMIT = 1_000;
  private static final double[] KERNEL = new double[REACH + 1];

  static {
    for (int i = 0; i <= REACH; i++) {
      KERNEL[i] = Math.pow(2, -TAIL * i / BINS_PER_DOUBLING);
    }
  }

  private final int views;
  private final float[] entries;

  /** What a new entry weighs: it grows, so that the old ones need not be touched. */
  private double weight = 1;

  private double total;

  Rarity(int views) {
    this.views = views;
    entries = new float[views * BINS];
  }

  /**
   * How rare.
   *
   * @param strength zero or more
   * @param memory values over which the view averages: they tell about the same
   * @return powers of ten, zero or more
   */
  double decades(int view, double strength, double memory) {
    int bin = bin(strength);
    if (bin == 0) {
      return 0;
    }
    int from = view * BINS;
    double sum = 0;
    for (int i = bin; i < BINS; i++) {
      sum += entries[from + i];
    }
    for (int i = 1; i <= Math.min(bin, REACH); i++) {
      sum += entries[from + bin - i] * KERNEL[i];
    }
    // Half an event of its own time scale was never seen yet: nothing is impossible.
    double unseen = memory / 2;
    return Math.log10((total / weight + unseen) / (sum / weight + unseen));
  }

  /** Records what all views saw of a value. */
  void add(double[] strengths) {
    for (int view = 0; view < views; view++) {
      entries[view * BINS + bin(strengths[view])] += (float) weight;
    }
    total += weight;
    weight *= FADING;
    if (weight > SCALE_LIMIT) {
      for (int i = 0; i < entries.length; i++) {
        entries[i] = (float) (entries[i] / weight);
      }
      total /= weight;
      weight = 1;
    }
  }

  /** Quarters of a doubling, straight from exponent and mantissa. */
  private static int bin(double strength) {
    int quarters = (int) (Double.doubleToRawLongBits(strength) >>> 50);
    int least = (Double.MAX_EXPONENT + LEAST_EXPONENT) * BINS_PER_DOUBLING;
    return strength > 0 ? Math.clamp(quarters - least, 0, BINS - 1) : 0;
  }

  static int bytes(int views) {
    return 2 * Double.BYTES + views * (2 + BINS * Float.BYTES);
  }

  /** Of each histogram the part that is not empty. */
  void write(ByteBuffer to) {
    to.putDouble(weight).putDouble(total);
    for (int view = 0; view < views; view++) {
      int first = 0;
      int end = BINS;
      while (first < end && entries[view * BINS + first] == 0) {
        first++;
      }
      while (end > first && entries[view * BINS + end - 1] == 0) {
        end--;
      }
      to.put((byte) first).put((byte) end);
      for (int i = first; i < end; i++) {
        to.putFloat(entries[view * BINS + i]);
      }
    }
  }

  void read(ByteBuffer from) {
    weight = from.getDouble();
    total = from.getDouble();
    for (int view = 0; view < views; view++) {
      int first = from.get();
      int end = from.get();
      for (int i = first; i < end; i++) {
        entries[view * BINS + i] = from.getFloat();
      }
    }
  }
}
