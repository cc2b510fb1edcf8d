package io.echopilot.fleet.process;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;

/** Finds what runs for a fleet by the mark that each of its processes bears. */
public final class OwnProcesses {
  private static final Duration PATIENCE = Duration.ofSeconds(10);
  private static final String BROKER = "io.echopilot.fleet.broker.BrokerMain";

  private OwnProcesses() {}

  /** The argument that a process of the fleet in this folder must be started with. */
  public static String mark(Path home) {
    return "-Dechopilot.fleet.home=" + home;
  }

  /** All of them but the caller. */
  public static List<ProcessHandle> find(Path home) {
    String mark = mark(home);
    long self = ProcessHandle.current().pid();
    return ProcessHandle.allProcesses()
        .filter(process -> process.pid() != self)
        .filter(process -> arguments(process).contains(mark))
        .toList();
  }

  /** Stops them all, the broker last, so that the others can say goodbye; returns how many. */
  public static int stopAll(Path home) {
    List<ProcessHandle> all = find(home);
    Stopping.stop(all.stream().filter(process -> !isBroker(process)).toList(), PATIENCE);
    Stopping.stop(all.stream().filter(OwnProcesses::isBroker).toList(), PATIENCE);
    return all.size();
  }

  private static boolean isBroker(ProcessHandle process) {
    return arguments(process).contains(BROKER);
  }

  static List<String> arguments(ProcessHandle process) {
    Path file = Path.of("/proc/%d/cmdline".formatted(process.pid()));
    try {
      return List.of(Files.readString(file, StandardCharsets.ISO_8859_1).split("\0", -1));
    } catch (IOException _) {
      return List.of(process.info().commandLine().orElse("").split(" ", -1));
    }
  }
}
