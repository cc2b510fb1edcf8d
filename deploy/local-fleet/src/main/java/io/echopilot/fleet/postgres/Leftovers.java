package io.echopilot.fleet.postgres;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;

/** What a killed server leaves behind, each of which would keep the next from starting. */
final class Leftovers {
  /** A server's processes end by themselves when they see that it died. */
  private static final Duration PATIENCE = Duration.ofSeconds(2);

  private Leftovers() {}

  /** To be called while no server of ours runs in the folder. */
  static void clear(Path data) {
    if (!Files.isDirectory(Path.of("/proc/self"))) {
      return;
    }
    orphans(data).forEach(Leftovers::end);
    try {
      // Its process id may belong to somebody else by now, who would be taken for the server.
      Files.deleteIfExists(data.resolve("postmaster.pid"));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** A server and all its processes have their data's folder as working directory. */
  private static List<ProcessHandle> orphans(Path data) {
    return ProcessHandle.allProcesses().filter(process -> worksIn(data, process)).toList();
  }

  private static boolean worksIn(Path data, ProcessHandle process) {
    try {
      Path working = Path.of("/proc/%d/cwd".formatted(process.pid())).toRealPath();
      return working.equals(data.toRealPath()) && command(process).startsWith("postgres");
    } catch (IOException _) {
      return false;
    }
  }

  private static String command(ProcessHandle process) throws IOException {
    return Files.readString(Path.of("/proc/%d/comm".formatted(process.pid())));
  }

  private static void end(ProcessHandle orphan) {
    CompletableFuture<ProcessHandle> gone = orphan.onExit();
    gone.copy()
        .orTimeout(PATIENCE.toMillis(), TimeUnit.MILLISECONDS)
        .exceptionallyCompose(_ -> {
          orphan.destroyForcibly();
          return gone;
        })
        .join();
  }
}
