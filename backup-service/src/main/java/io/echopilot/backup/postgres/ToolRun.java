package io.echopilot.backup.postgres;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
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
  private static final int SHOWN_LINES = 5;
  private static final int LONGEST_LINE = 500;
  private static final Duration GRACE = Duration.ofSeconds(5);

  private final String tool;
  private final List<String> command = new ArrayList<>();
  private final Path messages;

  /**
   * Plans a run.
   *
   * @param messages file for what the tool says
   */
  ToolRun(Tools tools, String tool, List<String> arguments, Path messages) {
    this.tool = tool;
    this.messages = messages;
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
    Process process = builder.redirectErrorStream(true).redirectOutput(messages.toFile()).start();
    try {
      process.getOutputStream().close();
      if (!process.waitFor(limit.toMillis(), TimeUnit.MILLISECONDS)) {
        throw ToolFailure.unable(
            "%s did not end within its time limit: see what it waits for, or raise time-limit; it said: %s"
                .formatted(tool, said()));
      }
    } finally {
      end(process);
    }
    if (process.exitValue() != 0) {
      throw ToolFailure.refused(
          "%s ended with exit code %d: %s".formatted(tool, process.exitValue(), said()));
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

  /** Only the tool's own lines: what the server adds to them may quote rows. */
  private String said() throws IOException {
    List<String> lines =
        Files.readAllLines(messages).stream()
            .filter(line -> line.startsWith("pg_"))
            .map(
                line -> line.length() > LONGEST_LINE ? line.substring(0, LONGEST_LINE) + "…" : line)
            .toList();
    List<String> last = lines.subList(Math.max(0, lines.size() - SHOWN_LINES), lines.size());
    return last.isEmpty() ? "nothing" : String.join("; ", last);
  }
}
