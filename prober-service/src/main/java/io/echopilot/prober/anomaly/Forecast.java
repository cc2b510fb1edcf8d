package io.echopilot.prober.anomaly;

import java.nio.ByteBuffer;

/**
 * What the next value should be. Five simple forecasts run side by side: where the series usually
 * is, what it was at this time of day, at this time of the week, and the last two moved by how far
 * the series is off them of late. The one with the least error so far speaks.
 */
final class Forecast {
  static final int SLOTS_PER_DAY = 96;
  private static final int WEEK = 7;
  private static final int DAYS_REMEMBERED = 4;
  private static final int WEEKS_REMEMBERED = 3;
  private static final int WAYS = 5;

  /** Values of which an error must be known before a season may speak. */
  private static final int PROVEN = 100;

  /** A season must beat the simpler forecast by this. */
  private static final double BETTER = 0.97;

  private static final int MEMORY = 600;
  private static final double OFFSET_RATE = 0.02;
  private static final double SPREAD_RATE = 0.2;
  private static final double LEAST = 1e-9;

  static final int BYTES =
      WAYS * Usual.BYTES
          + Usual.BYTES
          + Season.bytes(1, SLOTS_PER_DAY)
          + Season.bytes(WEEK, SLOTS_PER_DAY)
          + SLOTS_PER_DAY * Float.BYTES
          + 2 * Double.BYTES;

  private final Season day = new Season(1, SLOTS_PER_DAY, DAYS_REMEMBERED);
  private final Season week = new Season(WEEK, SLOTS_PER_DAY, WEEKS_REMEMBERED);
  private final Usual[] errors = new Usual[WAYS];
  private final Usual residuals = new Usual(MEMORY);

  /** Mean absolute residual by time of day: nights may be calmer. */
  private final float[] spreads = new float[SLOTS_PER_DAY];

  private double dayOffset;
  private double weekOffset;

  // Of the value that is being looked at.
  private final double[] ways = new double[WAYS];
  private int known;
  private int daySlot;
  private int weekSlot;
  private double expected;
  private double scale;

  Forecast() {
    for (int way = 0; way < WAYS; way++) {
      errors[way] = new Usual(MEMORY);
    }
  }

  /** Makes up its mind for a moment; {@code level} is where the series usually is. */
  void look(long epochMilli, Usual level) {
    daySlot = day.slot(epochMilli);
    weekSlot = week.slot(epochMilli);
    ways[0] = level.level();
    ways[1] = day.mean(daySlot);
    ways[2] = ways[1] + dayOffset;
    ways[3] = week.mean(weekSlot);
    ways[4] = ways[3] + weekOffset;
    known = week.knows(weekSlot) ? WAYS : day.knows(daySlot) ? 3 : 1;
    int best = 0;
    for (int way = 1; way < known; way++) {
      if (errors[way].seen() > PROVEN && error(way) < BETTER * error(best)) {
        best = way;
      }
    }
    expected = ways[best];
    double bySlot = spreads[daySlot];
    double overall = residuals.seen() == 0 ? 0 : error(best);
    scale = (bySlot > 0 ? Math.sqrt(bySlot * residuals.level()) : overall) + level.trifle();
  }

  double expected() {
    return expected;
  }

  /** Mean absolute residual that is usual at this time. */
  double scale() {
    return scale;
  }

  /** Learns the value for the moment that was looked at. */
  void add(double value) {
    double residual = Math.abs(value - expected);
    residuals.add(residual);
    float clipped = (float) Math.min(residual, 2 * Usual.CLIP * (residuals.level() + LEAST));
    spreads[daySlot] +=
        (spreads[daySlot] == 0 ? 1 : (float) SPREAD_RATE) * (clipped - spreads[daySlot]);
    for (int way = 0; way < known; way++) {
      errors[way].add(Math.abs(value - ways[way]));
    }
    if (known >= 3) {
      dayOffset += OFFSET_RATE * (value - ways[1] - dayOffset);
    }
    if (known == WAYS) {
      weekOffset += OFFSET_RATE * (value - ways[3] - weekOffset);
    }
    day.add(daySlot, value);
    week.add(weekSlot, value);
  }

  private double error(int way) {
    return errors[way].level();
  }

  void write(ByteBuffer to) {
    day.write(to);
    week.write(to);
    for (Usual error : errors) {
      error.write(to);
    }
    residuals.write(to);
    for (float spread : spreads) {
      to.putFloat(spread);
    }
    to.putDouble(dayOffset).putDouble(weekOffset);
  }

  void read(ByteBuffer from) {
    day.read(from);
    week.read(from);
    for (Usual error : errors) {
      error.read(from);
    }
    residuals.read(from);
    for (int slot = 0; slot < SLOTS_PER_DAY; slot++) {
      spreads[slot] = from.getFloat();
    }
    dayOffset = from.getDouble();
    weekOffset = from.getDouble();
  }
}
