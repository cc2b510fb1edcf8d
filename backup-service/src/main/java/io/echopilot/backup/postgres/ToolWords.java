package io.echopilot.backup.postgres;

import java.io.BufferedReader;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;

/**
 * The last lines that a tool said, kept in memory: a disk that is full is one of the things that it
 * may have to say.
 */
final class ToolWords {
  private static final int KEPT = 5;
  private static final int LONGEST = 500;
  private static final Duration PATIENCE = Duration.ofSeconds(5);

  private final Deque<String> lines = new ArrayDeque<>();
  private final Thread reader;

  private ToolWords(Process process) {
    reader = Thread.ofVirtual().name("tool-words").start(() -> read(process));
  }

  /** Listens until the process ends. */
  static ToolWords of(Process process) {
    return new ToolWords(process);
  }

  private void read(Process process) {
    try (BufferedReader said = process.inputReader()) {
      for (String line = said.readLine(); line != null; line = said.readLine()) {
        keep(line);
      }
    } catch (IOException _) {
      // it was ended, and says no more
    }
  }

  /** Only the tool's own lines: what the server adds to them may quote rows. */
  private synchronized void keep(String line) {
    if (line.startsWith("pg_")) {
      lines.add(line.length() > LONGEST ? line.substring(0, LONGEST) + "…" : line);
      if (lines.size() > KEPT) {
        lines.remove();
      }
    }
  }

  /** What it said last, for a person. */
  String last() throws InterruptedException {
    reader.join(PATIENCE);
    synchronized (this) {
      return lines.isEmpty() ? "nothing" : String.join("; ", lines);
    }
  }
}
