package io.echopilot.fleet.process;

import java.nio.file.Path;
import java.util.List;

/**
 * How to start a process.
 *
 * @param name unique in the fleet
 * @param mark what it is found and stopped by; its command bears it
 * @param log its output is appended here
 * @param pidFile written for people; never trusted by itself
 * @param before done by the starter right before each start
 */
public record ProcessPlan(
    String name,
    Mark mark,
    List<String> command,
    Path log,
    Path pidFile,
    ReadyCheck ready,
    Runnable before) {
  public ProcessPlan {
    command = List.copyOf(command);
  }
}
