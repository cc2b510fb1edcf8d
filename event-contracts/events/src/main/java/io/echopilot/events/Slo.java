package io.echopilot.events;

import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * A service level objective: which share of what is looked at must be good over a rolling window.
 * With {@code under}, good is a success faster than that; with {@code good} and {@code total}, two
 * numbers that a probe reads are added up; else good is a success.
 *
 * @param objective percent that must be good; at least 1 and less than 100
 * @param window whole days, 1 to 90
 * @param probe whose results count; null for all critical ones
 * @param under slower successes are bad; null when speed does not matter
 * @param good name of a number in the results: how many were good
 * @param total name of a number in the results: how many there were; given together with {@code
 *     good}
 * @param leastBad failures, at least 1, that must lie in a burn rate's long window before anybody
 *     is told
 * @param mostPerDay percent of the budget that one day may use up before a ticket is opened; null
 *     for the burn rates alone
 */
public record Slo(
    SloId id,
    double objective,
    Duration window,
    @Nullable ProbeId probe,
    @Nullable Duration under,
    @Nullable String good,
    @Nullable String total,
    int leastBad,
    @Nullable Double mostPerDay) {
  private static final double ALL = 100;

  /** Less is a share that was written where a percentage is meant. */
  private static final double LEAST = 1;

  private static final int MOST_DAYS = 90;

  public Slo {
    Checks.present("slo.id", id);
    if (!(objective >= LEAST && objective < ALL)) {
      throw new IllegalArgumentException(
          "slo.objective must be a percentage of at least 1 and less than 100, such as 99.9, but is "
              + objective);
    }
    Checks.positive("slo.window", window);
    if (window.toDays() < 1
        || window.toDays() > MOST_DAYS
        || !window.equals(Duration.ofDays(window.toDays()))) {
      throw new IllegalArgumentException(
          "slo.window must be 1 to 90 whole days, such as 30d, but is " + window);
    }
    if (under != null) {
      Checks.positive("slo.under", under);
    }
    if ((good == null) != (total == null)) {
      throw new IllegalArgumentException("slo.good and slo.total must be given together");
    }
    if (good != null) {
      Checks.text("slo.good", good);
      Checks.text("slo.total", total);
      if (under != null) {
        throw new IllegalArgumentException(
            "slo.under can't be combined with slo.good and slo.total: define two SLOs");
      }
    }
    Checks.atLeast("slo.leastBad", 1, leastBad);
    if (mostPerDay != null && !(mostPerDay > 0 && mostPerDay <= ALL)) {
      throw new IllegalArgumentException(
          "slo.mostPerDay must be a percentage of more than 0 and at most 100, but is "
              + mostPerDay);
    }
  }

  /**
   * Whether a probe's results count: the named one's, or where two numbers are added up, whichever
   * reads them.
   */
  public boolean counts(ServiceDefinition.Probe candidate) {
    return probe == null ? good != null || candidate.critical() : probe.equals(candidate.id());
  }

  /** The share that may be bad, more than 0 and less than 1. */
  public double tolerance() {
    return (ALL - objective) / ALL;
  }
}
