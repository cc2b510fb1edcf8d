package io.echopilot.probes;

import java.util.concurrent.CompletableFuture;

/** Looks once at a target. */
public interface Probe {
  /**
   * Looks; must not block.
   *
   * @return completes within the probe's time-out and never exceptionally: what goes wrong is a
   *     finding
   */
  CompletableFuture<Finding> run();

  /** One that can't be carried out, and why. */
  static Probe never(String reason) {
    return () -> CompletableFuture.completedFuture(Finding.notCarriedOut(reason));
  }
}
