package io.echopilot.prober.anomaly;

import io.echopilot.prober.anomaly.Verdict.Cleared;
import io.echopilot.prober.anomaly.Verdict.Detected;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.function.IntToDoubleFunction;

/** A detector that has seen a series, one value each five minutes, and what it said. */
final class Past {
  static final int PER_DAY = 288;
  private static final long STEP = 300_000;
  private static final long MONDAY = 1_396_828_800_000L;

  final Random random = new Random(7);
  final List<Detected> alarms = new ArrayList<>();
  final List<Cleared> clearings = new ArrayList<>();
  Detector detector = new Detector();
  private int at;

  double noise() {
    return random.nextGaussian();
  }

  /** Values of a function of the steps since the beginning. */
  Past sees(int values, IntToDoubleFunction value) {
    for (int i = 0; i < values; i++, at++) {
      note(detector.observe(MONDAY + at * STEP, value.applyAsDouble(at)));
    }
    return this;
  }

  /** Only then are alarms collected. */
  Past fromHere() {
    alarms.clear();
    clearings.clear();
    return this;
  }

  Past missesSlots(int slots) {
    at += slots;
    return this;
  }

  Past getsNoValue(int slots) {
    for (int i = 0; i < slots; i++, at++) {
      note(detector.absent(MONDAY + at * STEP));
    }
    return this;
  }

  private void note(Verdict verdict) {
    switch (verdict) {
      case Detected alarm -> alarms.add(alarm);
      case Cleared clearing -> clearings.add(clearing);
      case Verdict.Usual _ -> {}
    }
  }
}
