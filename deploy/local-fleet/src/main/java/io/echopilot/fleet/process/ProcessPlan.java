package io.echopilot.fleet.process;

import java.nio.file.Path;
import java.util.List;

/**
 * How to start a process.
 *
 * @param name unique in the fleet
 * @param log its output is appended here
 * @param pidFile written for people; never trusted by itself
 */
public record ProcessPlan(
    String name, List<String> command, Path folder, Path log, Path pidFile, ReadyCheck ready) {
  public ProcessPlan {
    command = List.copyOf(command);
  }
}
