package io.echopilot.fleet.process;

import java.io.IOException;
import java.nio.charset.Charset;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/** Finds what runs for a fleet by the mark that each of its processes bears. */
public final class OwnProcesses {
  private static final Duration PATIENCE = Duration.ofSeconds(10);

  /** As this JVM wrote the arguments of those that it started. */
  private static final Charset NATIVE =
      Charset.forName(System.getProperty("sun.jnu.encoding", "UTF-8"));

  private OwnProcesses() {}

  /** All of them but the caller. */
  public static List<ProcessHandle> find(Path home) {
    return marked(home).stream().map(Marked::process).toList();
  }

  /** Stops them all, what others need last; returns how many. */
  public static int stopAll(Path home) {
    return stopAll(home, PATIENCE);
  }

  /**
   * Stops them all, what others need last; returns how many.
   *
   * @param patience after which the processes of a stage are killed
   */
  public static int stopAll(Path home, Duration patience) {
    List<Marked> all = marked(home);
    for (Stage stage : Arrays.stream(Stage.values()).sorted(Comparator.reverseOrder()).toList()) {
      List<Marked> together = all.stream().filter(each -> each.mark().stage() == stage).toList();
      together.forEach(each -> each.mark().stop().send(each.process()));
      Stopping.await(together.stream().map(Marked::process).toList(), patience);
    }
    return all.size();
  }

  private record Marked(ProcessHandle process, Mark mark) {}

  private static List<Marked> marked(Path home) {
    long self = ProcessHandle.current().pid();
    return ProcessHandle.allProcesses()
        .filter(process -> process.pid() != self)
        .flatMap(process -> marked(process, home).stream())
        .toList();
  }

  private static Optional<Marked> marked(ProcessHandle process, Path home) {
    return Mark.of(arguments(process), home).map(mark -> new Marked(process, mark));
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
