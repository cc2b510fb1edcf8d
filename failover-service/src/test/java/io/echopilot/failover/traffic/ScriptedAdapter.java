package io.echopilot.failover.traffic;

import io.echopilot.events.ServiceId;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;

/** An adapter that answers what a test says, when the test says. */
final class ScriptedAdapter implements TrafficAdapter {
  final List<Order> orders = new ArrayList<>();
  final List<ServiceId> reads = new ArrayList<>();
  CompletableFuture<Outcome> outcome = CompletableFuture.completedFuture(new Outcome.Applied());
  CompletableFuture<ReadBack> readBack = new CompletableFuture<>();

  /** What it throws instead of answering, against the contract. */
  @Nullable RuntimeException bug;

  void reads(ReadBack seen) {
    readBack = CompletableFuture.completedFuture(seen);
  }

  @Override
  public Fencing fencing() {
    return Fencing.READ_BACK;
  }

  @Override
  public CompletableFuture<Outcome> apply(Order order) {
    orders.add(order);
    fail();
    return outcome;
  }

  @Override
  public CompletableFuture<ReadBack> read(ServiceId service) {
    reads.add(service);
    fail();
    return readBack;
  }

  private void fail() {
    if (bug != null) {
      throw bug;
    }
  }
}
