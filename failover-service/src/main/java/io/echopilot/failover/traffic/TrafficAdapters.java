package io.echopilot.failover.traffic;

import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.function.Function;

/** The adapters by the names that definitions use. */
public final class TrafficAdapters {
  private final Map<String, TrafficAdapter> byName;

  TrafficAdapters(Map<String, TrafficAdapter> byName) {
    this.byName = Map.copyOf(byName);
  }

  /**
   * Asks an endpoint's adapter. Completes normally, also when there is no such adapter and when it
   * breaks its contract: then with what is made of the reason.
   */
  <T> CompletableFuture<T> ask(
      String endpoint,
      Function<TrafficAdapter, CompletableFuture<T>> question,
      Function<String, T> failed) {
    return Optional.ofNullable(byName.get(endpoint))
        .map(adapter -> CompletableFuture.completedFuture(adapter).thenCompose(question))
        .orElseGet(() -> CompletableFuture.completedFuture(failed.apply(missing(endpoint))))
        .exceptionally(bug -> failed.apply(String.valueOf(bug.getMessage())));
  }

  private static String missing(String endpoint) {
    return "no endpoint %1$s here: configure echopilot.failover.endpoints.%1$s".formatted(endpoint);
  }
}
