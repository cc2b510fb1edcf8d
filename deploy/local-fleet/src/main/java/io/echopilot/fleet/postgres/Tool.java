package io.echopilot.fleet.postgres;

import io.echopilot.fleet.process.StartFailure;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.lang.ProcessBuilder.Redirect;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;

/** Runs a program of the machine to its end. */
final class Tool {
  private static final int SUCCESS = 0;

  private Tool() {}

  /** What it says; blank when it isn't there or fails. */
  static String answer(List<String> command) {
    try {
      Process process = new ProcessBuilder(command).redirectError(Redirect.DISCARD).start();
      process.getOutputStream().close();
      String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
      return ended(process) == SUCCESS ? said.strip() : "";
    } catch (IOException _) {
      return "";
    }
  }

  /**
   * Runs it, its output appended to the log.
   *
   * @param what it does, for the message when it fails
   * @throws StartFailure when it ends with another code than 0
   */
  static void run(String what, List<String> command, String input, Path log) {
    try {
      Process process =
          new ProcessBuilder(command)
              .redirectErrorStream(true)
              .redirectOutput(Redirect.appendTo(log.toFile()))
              .start();
      feed(process, input);
      int code = ended(process);
      if (code != SUCCESS) {
        throw StartFailure.died(what, code, log);
      }
    } catch (IOException e) {
      throw new UncheckedIOException(what + " can't be started", e);
    }
  }

  private static void feed(Process process, String input) {
    try (OutputStream in = process.getOutputStream()) {
      in.write(input.getBytes(StandardCharsets.UTF_8));
    } catch (IOException _) {
      // It ended before it had read all, and its exit code says why.
    }
  }

  static int ended(Process process) {
    try {
      return process.waitFor();
    } catch (InterruptedException e) {
      process.destroyForcibly();
      Thread.currentThread().interrupt();
      throw new IllegalStateException("interrupted", e);
    }
  }
}
