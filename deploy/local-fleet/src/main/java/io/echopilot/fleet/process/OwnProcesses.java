package io.echopilot.fleet.process;

import static java.util.stream.Collectors.toList;

import java.io.IOException;
import java.nio.charset.Charset;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;

/** Finds what runs for a fleet by the mark that each of its processes bears. */
public final class OwnProcesses {
  private static final Duration PATIENCE = Duration.ofSeconds(10);
  private static final String DEMO = "io.echopilot.fleet.demo.DemoMain";
  private static final String BROKER = "io.echopilot.fleet.broker.BrokerMain";

  /** As this JVM wrote the arguments of those that it started. */
  private static final Charset NATIVE =
      Charset.forName(System.getProperty("sun.jnu.encoding", "UTF-8"));

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

  /** Stops them all, those that others need last; returns how many. */
  public static int stopAll(Path home) {
    List<ProcessHandle> all = find(home);
    Map<Integer, List<ProcessHandle>> byTurn =
        all.stream().collect(Collectors.groupingBy(OwnProcesses::turn, TreeMap::new, toList()));
    byTurn.values().forEach(processes -> Stopping.stop(processes, PATIENCE));
    return all.size();
  }

  private static int turn(ProcessHandle process) {
    List<String> arguments = arguments(process);
    if (arguments.contains(BROKER)) {
      return 3;
    }
    return arguments.contains(DEMO) ? 2 : 1;
  }

  static List<String> arguments(ProcessHandle process) {
    Path file = Path.of("/proc/%d/cmdline".formatted(process.pid()));
    try {
      return List.of(new String(Files.readAllBytes(file), NATIVE).split("\0", -1));
    } catch (IOException _) {
      return List.of(process.info().commandLine().orElse("").split(" ", -1));
    }
  }
}
