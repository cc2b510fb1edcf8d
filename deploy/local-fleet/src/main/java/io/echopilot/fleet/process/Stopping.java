package io.echopilot.fleet.process;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;

/** Asks first and kills then. */
public final class Stopping {
  private Stopping() {}

  /** Stops all at once; when it returns they are gone. */
  public static void stop(List<ProcessHandle> processes, Duration patience) {
    processes.forEach(ProcessHandle::destroy);
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
          process.destroyForcibly();
          return process.onExit();
        });
  }
}
