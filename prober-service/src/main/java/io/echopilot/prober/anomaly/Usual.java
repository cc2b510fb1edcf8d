package io.echopilot.prober.anomaly;

import java.nio.ByteBuffer;

/**
 * Where a quantity usually is and how far from there: means that forget old values exponentially.
 * An outlier moves them no further than {@link #CLIP} spreads would; values that stay outside do,
 * for then that is where it is now.
 */
final class Usual {
  /** Mean absolute deviations: 4 are some 3 standard deviations of a normal distribution. */
  static final double CLIP = 4;

  static final int BYTES = 2 * Double.BYTES + 2 * Integer.BYTES;
  private static final int SETTLED = 10;

  /** Outliers in a row before each next one moves twice as much. */
  private static final int PATIENCE = 8;

  /** Differences that are too small to matter: of the level, and of anything. */
  private static final double TRIFLE = 0.02;

  private static final double LEAST = 1e-9;

  private final double rate;
  private double level;
  private double spread;
  private int seen;
  private int outside;

  /** Remembers about this many values. */
  Usual(int memory) {
    rate = 1.0 / memory;
  }

  double level() {
    return level;
  }

  /** Mean absolute deviation. */
  double spread() {
    return spread;
  }

  /** Mean absolute deviation, or what is too little to matter if that is more. */
  double scale() {
    return spread + trifle();
  }

  double trifle() {
    return LEAST + TRIFLE * Math.abs(level);
  }

  int seen() {
    return seen;
  }

  void add(double value) {
    double off = value - level;
    if (seen == 0) {
      level = value;
    } else {
      double clip = seen < SETTLED ? Double.MAX_VALUE : Math.scalb(CLIP * scale(), patience());
      outside = Math.abs(off) > clip ? outside + 1 : 0;
      level += Math.max(rate, 1.0 / (seen + 1)) * Math.clamp(off, -clip, clip);
      spread += Math.max(rate, 1.0 / seen) * (Math.min(Math.abs(off), 2 * clip) - spread);
    }
    seen = Math.min(seen + 1, Integer.MAX_VALUE - 1);
  }

  private int patience() {
    return Math.max(0, outside - PATIENCE);
  }

  void write(ByteBuffer to) {
    to.putDouble(level).putDouble(spread).putInt(seen).putInt(outside);
  }

  void read(ByteBuffer from) {
    level = from.getDouble();
    spread = from.getDouble();
    seen = from.getInt();
    outside = from.getInt();
  }
}
