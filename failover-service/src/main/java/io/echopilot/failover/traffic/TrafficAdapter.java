package io.echopilot.failover.traffic;

import io.echopilot.events.DecisionId;
import io.echopilot.events.Epoch;
import io.echopilot.events.Route;
import io.echopilot.events.ServiceId;
import io.echopilot.events.SiteId;
import java.util.concurrent.CompletableFuture;

/**
 * A way to move a service's traffic at an edge. What an adapter answers: the same epoch and
 * decision again is done, without effect; the same epoch by another decision, or a lower epoch, is
 * refused with the current route. It never blocks, never retries and never throws: what can go
 * wrong is an outcome.
 */
public interface TrafficAdapter {
  /** What an adapter can promise about two writers; see docs/adr/0004-epochs.md. */
  enum Fencing {
    /** The edge compares and sets: a late writer can't win. */
    COMPARE_AND_SET,
    /** The edge can only be read back after a write: a short race remains. */
    READ_BACK
  }

  /** A decided switch. */
  record Order(ServiceId service, SiteId site, Epoch epoch, DecisionId decisionId) {}

  /** What became of a switch. */
  sealed interface Outcome {
    /** The route is as ordered. */
    record Applied() implements Outcome {}

    /** The edge keeps its route; it was asked too late. */
    record Refused(Route current, String reason) implements Outcome {}

    /** It is not known whether the switch took effect. */
    record Errored(String reason) implements Outcome {}
  }

  /** What a read-back saw. */
  sealed interface ReadBack {
    /** The route at the edge. */
    record Read(Route route) implements ReadBack {}

    /** The edge did not tell. */
    record Unreadable(String reason) implements ReadBack {}
  }

  Fencing fencing();

  /** Carries out a switch. Completes normally, within the endpoint's time-out. */
  CompletableFuture<Outcome> apply(Order order);

  /** Reads the route. Completes normally, within the endpoint's time-out. */
  CompletableFuture<ReadBack> read(ServiceId service);
}
