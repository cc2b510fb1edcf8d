package io.echopilot.prober.slo;

/** When work on a service is announced; what is seen meanwhile counts for nothing. */
@FunctionalInterface
public interface Calendar {
  Calendar EMPTY = _ -> false;

  /**
   * Whether a moment lies in announced work.
   *
   * @param epochMilli the moment
   */
  boolean covers(long epochMilli);
}
