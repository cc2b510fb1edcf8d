package io.echopilot.fleet.process;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;

/** Waits for those that were asked to stop, and kills then. */
final class Stopping {
  private Stopping() {}

  /** When it returns they are gone. */
  static void await(List<ProcessHandle> processes, Duration patience) {
    CompletableFuture.allOf(
            processes.stream()
                .map(process -> gone(process, patience))
                .toArray(CompletableFuture<?>[]::new))
        .join();
  }

  private static CompletableFuture<ProcessHandle> gone(ProcessHandle process, Duration patience) {
    return process
        .onExit()
        .copy()
        .orTimeout(patience.toMillis(), TimeUnit.MILLISECONDS)
        .exceptionallyCompose(_ -> {
          process.descendants().forEach(ProcessHandle::destroyForcibly);
          process.destroyForcibly();
          return process.onExit();
        });
  }
}
