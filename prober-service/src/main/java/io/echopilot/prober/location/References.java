package io.echopilot.prober.location;

import java.util.List;
import java.util.concurrent.CompletableFuture;

/** Addresses of this location's own that answer whenever its network is well. */
public interface References {
  /** Whether there are any; without them a location never doubts itself. */
  List<String> addresses();

  /** Tries all; completes, never exceptionally, with whether at least one accepted a connection. */
  CompletableFuture<Boolean> anyAnswers();
}
