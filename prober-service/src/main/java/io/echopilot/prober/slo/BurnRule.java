package io.echopilot.prober.slo;

import io.echopilot.events.Slo;
import io.echopilot.events.SloEvent.Level;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/**
 * When a budget burns too fast: at {@code factor} times the even rate or more, over a long window
 * and over a short one, which ends it soon after the cause is gone.
 *
 * @see <a href="https://sre.google/workbook/alerting-on-slos/">The Site Reliability Workbook,
 *     chapter 5, "Multiwindow, Multi-Burn-Rate Alerts"</a>
 */
record BurnRule(Level level, Duration longWindow, Duration shortWindow, double factor) {
  /**
   * The share of bad that fires every rule: of a loose objective a whole budget can't burn fast.
   */
  private static final double ALWAYS = 0.8;

  private static final int SHORT = 12;
  private static final double PERCENT = 100;

  private enum Usual {
    HOUR(Level.PAGE, Duration.ofHours(1), 0.02),
    SIX_HOURS(Level.PAGE, Duration.ofHours(6), 0.05),
    DAY(Level.TICKET, Duration.ofDays(1), 0.1),
    THREE_DAYS(Level.TICKET, Duration.ofDays(3), 0.1);

    private final Level level;
    private final Duration window;

    /** Of the whole budget, used up within the window. */
    private final double share;

    Usual(Level level, Duration window, double share) {
      this.level = level;
      this.window = window;
      this.share = share;
    }
  }

  /** Those of an objective, the most urgent first. */
  static List<BurnRule> of(Slo slo) {
    List<BurnRule> rules = new ArrayList<>();
    for (Usual usual : Usual.values()) {
      double factor = factor(slo, usual.share, usual.window);
      // Slower than even leaves something over at the end: nobody need know.
      if (factor >= 1) {
        rules.add(rule(slo, usual.level, usual.window, factor));
      }
    }
    if (slo.mostPerDay() != null) {
      Duration day = Duration.ofDays(1);
      rules.add(rule(slo, Level.TICKET, day, factor(slo, slo.mostPerDay() / PERCENT, day)));
    }
    return List.copyOf(rules);
  }

  private static double factor(Slo slo, double share, Duration window) {
    return share * slo.window().toMillis() / window.toMillis();
  }

  private static BurnRule rule(Slo slo, Level level, Duration window, double factor) {
    double most = ALWAYS / slo.tolerance();
    return new BurnRule(level, window, window.dividedBy(SHORT), Math.min(factor, most));
  }
}
