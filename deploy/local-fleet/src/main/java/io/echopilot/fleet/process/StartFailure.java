package io.echopilot.fleet.process;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;

/** The fleet can't be started; the message tells its user why and what to do. */
public final class StartFailure extends RuntimeException {
  private static final long serialVersionUID = 1L;
  private static final int LINES = 20;

  public StartFailure(String message) {
    super(message);
  }

  /** With the last lines of its log. */
  public static StartFailure died(String name, int exitCode, Path log) {
    return new StartFailure(
        "%s ended with exit code %d. The last lines of %s:%n%s"
            .formatted(name, exitCode, log, tail(log)));
  }

  static StartFailure late(String name, Duration patience, Path log) {
    return new StartFailure(
        "%s was not ready within %d s. The last lines of %s:%n%s"
            .formatted(name, patience.toSeconds(), log, tail(log)));
  }

  private static String tail(Path log) {
    try {
      List<String> lines =
          Files.readAllLines(log, StandardCharsets.ISO_8859_1).stream()
              .filter(line -> !line.contains("[aot"))
              .toList();
      return String.join("\n", lines.subList(Math.max(0, lines.size() - LINES), lines.size()));
    } catch (IOException e) {
      return "(can't be read: " + e.getMessage() + ")";
    }
  }
}
