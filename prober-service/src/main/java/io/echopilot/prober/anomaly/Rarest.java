package io.echopilot.prober.anomaly;

import java.util.Arrays;

/** The rarest of what the views say of one value; each as decades of rarity. */
final class Rarest {
  private static final int COUNT = 6;

  /** In order, the least first. */
  private final double[] kept = new double[COUNT];

  private double most;
  private int strongest;

  void clear() {
    Arrays.fill(kept, 0);
    most = 0;
    strongest = 0;
  }

  void add(int view, double decades) {
    if (decades > most) {
      most = decades;
      strongest = view;
    }
    if (decades <= kept[0]) {
      return;
    }
    int at = 0;
    while (at + 1 < COUNT && kept[at + 1] < decades) {
      kept[at] = kept[at + 1];
      at++;
    }
    kept[at] = decades;
  }

  double mean() {
    double mean = 0;
    for (double each : kept) {
      mean += each / COUNT;
    }
    return mean;
  }

  /** The view that said the rarest. */
  View strongest() {
    return View.of(strongest);
  }
}
