package io.echopilot.backup.postgres;

import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/**
 * One run of a tool. Nothing is piped: what it says goes to a file, and its exit code is checked.
 */
final class ToolRun {
  private static final Duration GRACE = Duration.ofSeconds(5);

  private final String tool;
  private final List<String> command = new ArrayList<>();

  ToolRun(Tools tools, String tool, List<String> arguments) {
    this.tool = tool;
    command.add(tools.folder().resolve(tool).toString());
    command.addAll(arguments);
  }

  /**
   * Waits for its end; an interrupt ends it too.
   *
   * @param environment beside what this process has, of which nothing meant for PostgreSQL is kept
   * @throws ToolFailure when it fails or takes too long
   */
  void run(Map<String, String> environment, Duration limit)
      throws ToolFailure, IOException, InterruptedException {
    ProcessBuilder builder = new ProcessBuilder(command);
    builder.environment().keySet().removeIf(name -> name.startsWith("PG"));
    builder.environment().put("LC_ALL", "C");
    builder.environment().putAll(environment);
    Process process = builder.redirectErrorStream(true).start();
    ToolWords words = ToolWords.of(process);
    try {
      process.getOutputStream().close();
      if (!process.waitFor(limit.toMillis(), TimeUnit.MILLISECONDS)) {
        throw ToolFailure.unable(
            "%s did not end within its time limit: see what it waits for, or raise time-limit; it said: %s"
                .formatted(tool, words.last()));
      }
    } finally {
      end(process);
    }
    if (process.exitValue() != 0) {
      throw ToolFailure.refused(
          "%s ended with exit code %d: %s".formatted(tool, process.exitValue(), words.last()));
    }
  }

  /** With its workers; kindly first, so that it can take them along. */
  private static void end(Process process) {
    if (!process.isAlive()) {
      return;
    }
    List<ProcessHandle> all = process.descendants().toList();
    process.destroy();
    try {
      process.onExit().get(GRACE.toMillis(), TimeUnit.MILLISECONDS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    } catch (ExecutionException | TimeoutException _) {
      // it is told once more, and not asked
    }
    process.destroyForcibly();
    all.forEach(ProcessHandle::destroyForcibly);
  }
}
