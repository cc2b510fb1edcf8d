package io.echopilot.prober.anomaly;

import io.echopilot.events.AnomalyKind;
import java.util.ArrayList;
import java.util.List;

/**
 * A way to look at a value. After each view stands its opposite, if it has one.
 *
 * @param index its place among all
 * @param memory values over which it averages
 * @param kind what an anomaly is called that stands out most in this view
 * @see Views
 */
record View(int index, int memory, AnomalyKind kind) {
  private static final List<View> ALL = new ArrayList<>();

  static final View ABOVE_LEVEL = add(1, AnomalyKind.SPIKE);
  static final View BELOW_LEVEL = add(1, AnomalyKind.DIP);
  static final View RISE = add(1, AnomalyKind.SPIKE);
  static final View FALL = add(1, AnomalyKind.DIP);
  static final View ABOVE_FORECAST = add(1, AnomalyKind.SPIKE);
  static final View BELOW_FORECAST = add(1, AnomalyKind.DIP);
  static final View ABOVE_FOR_MOMENTS = add(4, AnomalyKind.SPIKE);
  static final View BELOW_FOR_MOMENTS = add(4, AnomalyKind.DIP);
  static final View ABOVE_FOR_A_WHILE = add(16, AnomalyKind.SHIFT);
  static final View BELOW_FOR_A_WHILE = add(16, AnomalyKind.SHIFT);
  static final View ABOVE_FOR_LONG = add(64, AnomalyKind.SHIFT);
  static final View BELOW_FOR_LONG = add(64, AnomalyKind.SHIFT);
  static final View ABOVE_FOR_VERY_LONG = add(256, AnomalyKind.SHIFT);
  static final View BELOW_FOR_VERY_LONG = add(256, AnomalyKind.SHIFT);
  static final View RESTLESS = add(10, AnomalyKind.SHIFT);
  static final View QUIET = add(10, AnomalyKind.SHIFT);
  static final View MEAN_ABOVE_LEVEL = add(8, AnomalyKind.SHIFT);
  static final View MEAN_BELOW_LEVEL = add(8, AnomalyKind.SHIFT);
  static final View MOTIONLESS = add(1, AnomalyKind.SILENCE);

  static final int COUNT = ALL.size();

  private static View add(int memory, AnomalyKind kind) {
    View view = new View(ALL.size(), memory, kind);
    ALL.add(view);
    return view;
  }

  static View of(int index) {
    return ALL.get(index);
  }
}
