package io.echopilot.prober.anomaly;

import java.nio.ByteBuffer;
import java.util.Arrays;

/** Looks at each value in every {@link View}, and says how strongly it stands out in each. */
final class Views {
  private static final int MEMORY = 600;

  /** Residuals count up to this many spreads in a mean. */
  private static final double CAP = 12;

  private static final View[] SUSTAINED = {
    View.ABOVE_FOR_MOMENTS, View.ABOVE_FOR_A_WHILE, View.ABOVE_FOR_LONG, View.ABOVE_FOR_VERY_LONG
  };

  /** So many equal values in a row say nothing. */
  private static final int COINCIDENCE = 4;

  private static final double RECENT_RATE = 0.2;
  private static final int RECENT_KNOWN = 20;
  private static final double MOTION_RATE = 0.1;
  private static final int MOTION_KNOWN = 30;

  /** A motion that doubles is as strong as one value of almost three spreads. */
  private static final double MOTION_STRENGTH = 4;

  static final int BYTES =
      2 * Usual.BYTES + Forecast.BYTES + (SUSTAINED.length + 3) * Double.BYTES + 2 * Integer.BYTES;

  private final Usual level = new Usual(MEMORY);
  private final Usual steps = new Usual(MEMORY);
  private final Forecast forecast = new Forecast();
  private final double[] means = new double[SUSTAINED.length];
  private double recent;
  private double motion;
  private double last;
  private int seen;
  private int still;

  private final double[] strengths = new double[View.COUNT];

  /** By index of the view, zero or more; the same array at each call. */
  double[] look(long epochMilli, double value) {
    Arrays.fill(strengths, 0);
    forecast.look(epochMilli, level);
    if (seen > 0) {
      set(View.ABOVE_LEVEL, (value - level.level()) / level.scale());
      set(View.RISE, (value - last) / (steps.spread() + level.trifle()));
      residual((value - forecast.expected()) / forecast.scale());
    }
    recent += Math.max(RECENT_RATE, 1.0 / (seen + 1)) * (value - recent);
    if (seen > RECENT_KNOWN) {
      set(View.MEAN_ABOVE_LEVEL, (recent - level.level()) / level.scale());
    }
    if (seen > 0) {
      motion(value - last);
      forecast.add(value);
    }
    still = seen > 0 && value == last ? Math.min(still + 1, Integer.MAX_VALUE - 1) : 0;
    set(View.MOTIONLESS, Math.max(0, still - COINCIDENCE));
    level.add(value);
    last = value;
    seen = Math.min(seen + 1, Integer.MAX_VALUE - 1);
    return strengths;
  }

  private void residual(double spreads) {
    set(View.ABOVE_FORECAST, spreads);
    double capped = Math.clamp(spreads, -CAP, CAP);
    for (int i = 0; i < SUSTAINED.length; i++) {
      double memory = SUSTAINED[i].memory();
      means[i] += Math.max(1 / memory, 1.0 / seen) * (capped - means[i]);
      if (seen > memory) {
        // A mean of independent values would stray by the root of their number less.
        set(SUSTAINED[i], means[i] * Math.sqrt(memory));
      }
    }
  }

  private void motion(double step) {
    double size = Math.abs(step);
    double usual = steps.spread() + level.trifle();
    motion += Math.max(MOTION_RATE, 1.0 / seen) * (Math.min(size, 2 * Usual.CLIP * usual) - motion);
    if (seen > MOTION_KNOWN) {
      set(View.RESTLESS, MOTION_STRENGTH * Math.log((motion + level.trifle()) / usual));
    }
    steps.add(step);
  }

  /** A negative strength is one of the opposite view, which follows. */
  private void set(View view, double strength) {
    if (strength > 0) {
      strengths[view.index()] = strength;
    } else if (strength < 0) {
      strengths[view.index() + 1] = -strength;
    }
  }

  /** Says what a value at that moment should be, without one. */
  void expect(long epochMilli) {
    forecast.look(epochMilli, level);
  }

  /** What the value that was looked at should have been. */
  double expected() {
    return forecast.expected();
  }

  /** Mean absolute deviation from that. */
  double scale() {
    return forecast.scale();
  }

  double last() {
    return last;
  }

  int seen() {
    return seen;
  }

  void write(ByteBuffer to) {
    level.write(to);
    steps.write(to);
    forecast.write(to);
    for (double mean : means) {
      to.putDouble(mean);
    }
    to.putDouble(recent).putDouble(motion).putDouble(last).putInt(seen).putInt(still);
  }

  void read(ByteBuffer from) {
    level.read(from);
    steps.read(from);
    forecast.read(from);
    for (int i = 0; i < means.length; i++) {
      means[i] = from.getDouble();
    }
    recent = from.getDouble();
    motion = from.getDouble();
    last = from.getDouble();
    seen = from.getInt();
    still = from.getInt();
  }
}
