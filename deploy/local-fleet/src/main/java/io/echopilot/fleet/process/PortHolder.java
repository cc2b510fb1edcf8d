package io.echopilot.fleet.process;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** Says who listens on a port, as far as {@code /proc} lets us see. */
public final class PortHolder {
  private static final String LISTEN = "0A";
  private static final int LOCAL_ADDRESS = 1;
  private static final int STATE = 3;
  private static final int INODE = 9;

  private PortHolder() {}

  /** Such as {@code process 4711: java -jar x.jar}; empty when it can't be told. */
  public static Optional<String> of(int port) {
    return Stream.of("/proc/net/tcp", "/proc/net/tcp6")
        .flatMap(table -> lines(Path.of(table)).stream())
        .map(line -> line.strip().split("\\s+"))
        .filter(fields -> fields.length > INODE && fields[STATE].equals(LISTEN))
        .filter(fields -> fields[LOCAL_ADDRESS].endsWith(":%04X".formatted(port)))
        .map(fields -> "socket:[" + fields[INODE] + "]")
        .flatMap(socket -> ProcessHandle.allProcesses().filter(process -> holds(process, socket)))
        .map(PortHolder::describe)
        .findFirst();
  }

  private static boolean holds(ProcessHandle process, String socket) {
    try (Stream<Path> files = Files.list(Path.of("/proc/%d/fd".formatted(process.pid())))) {
      return files.anyMatch(file -> target(file).equals(socket));
    } catch (IOException _) {
      return false;
    }
  }

  private static String target(Path link) {
    try {
      return Files.readSymbolicLink(link).toString();
    } catch (IOException _) {
      return "";
    }
  }

  private static String describe(ProcessHandle process) {
    String command = String.join(" ", OwnProcesses.arguments(process)).strip();
    return "process %d: %s"
        .formatted(
            process.pid(), command.length() > 160 ? command.substring(0, 160) + "…" : command);
  }

  private static List<String> lines(Path file) {
    try {
      return Files.readAllLines(file);
    } catch (IOException _) {
      return List.of();
    }
  }
}
