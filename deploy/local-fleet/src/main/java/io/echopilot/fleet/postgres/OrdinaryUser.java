package io.echopilot.fleet.postgres;

import io.echopilot.fleet.process.StartFailure;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * PostgreSQL refuses to run as root. A user namespace without a mapping makes root somebody else,
 * who still owns root's files.
 *
 * @see <a href="https://man7.org/linux/man-pages/man1/unshare.1.html">unshare(1)</a>
 */
final class OrdinaryUser {
  private static final List<String> UNSHARE = List.of("unshare", "-U");
  private static final int ROOT = 0;

  private OrdinaryUser() {}

  /**
   * The command, such that it does not run as root.
   *
   * @throws StartFailure when this is root and the machine allows no user namespaces
   */
  static List<String> command(List<String> command) {
    return isRoot() ? unshared(command, UNSHARE) : command;
  }

  static List<String> unshared(List<String> command, List<String> unshare) {
    List<String> probe = new ArrayList<>(unshare);
    probe.addAll(List.of("id", "-u"));
    String user = Tool.answer(probe);
    if (user.isBlank() || user.equals(Integer.toString(ROOT))) {
      throw new StartFailure(
          "PostgreSQL refuses to run as root, and %s does not work here: run this as another user"
              .formatted(String.join(" ", unshare)));
    }
    List<String> all = new ArrayList<>(unshare);
    all.addAll(command);
    return all;
  }

  private static boolean isRoot() {
    try {
      return Integer.valueOf(ROOT).equals(Files.getAttribute(Path.of("/proc/self"), "unix:uid"));
    } catch (IOException | UnsupportedOperationException _) {
      return "root".equals(System.getProperty("user.name"));
    }
  }
}
