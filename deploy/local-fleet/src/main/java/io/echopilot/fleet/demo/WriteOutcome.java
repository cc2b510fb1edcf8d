package io.echopilot.fleet.demo;

import io.echopilot.events.Route;

/** What became of a {@link RouteWrite}. */
sealed interface WriteOutcome {
  /** The route is the wished one from now on. */
  record Applied(Route route) implements WriteOutcome {}

  /** The same decision had been applied before; nothing was done. */
  record Repeated(Route route) implements WriteOutcome {}

  /** Somebody decided later or otherwise; nothing was done. */
  record Refused(Route current, String reason) implements WriteOutcome {}

  /** The service has no such site; nothing was done. */
  record UnknownSite(Route current, String reason) implements WriteOutcome {}
}
