package io.echopilot.backup.postgres;

import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * PostgreSQL's own tools.
 *
 * @param folder that holds {@code pg_dump} and {@code pg_restore}
 */
public record Tools(Path folder) {
  private static final Path PACKAGES = Path.of("/usr/lib/postgresql");
  private static final List<String> NEEDED = List.of("pg_dump", "pg_restore");

  /**
   * Those of the configured folder, else the newest of the packages, else those of the PATH.
   *
   * @throws ToolFailure when there are none
   */
  public static Tools find(@Nullable Path configured) throws ToolFailure {
    if (configured != null) {
      return complete(Stream.of(configured), "in " + configured);
    }
    String path = Objects.requireNonNullElse(System.getenv("PATH"), "");
    return complete(
        Stream.concat(
            packages(PACKAGES),
            Arrays.stream(path.split(File.pathSeparator, -1))
                .filter(entry -> !entry.isEmpty())
                .map(Path::of)),
        "in %s/*/bin and in the PATH".formatted(PACKAGES));
  }

  private static Tools complete(Stream<Path> folders, String where) throws ToolFailure {
    return folders
        .filter(folder -> NEEDED.stream().map(folder::resolve).allMatch(Files::isExecutable))
        .findFirst()
        .map(Tools::new)
        .orElseThrow(() ->
            ToolFailure.unable(
                "no pg_dump and pg_restore %s: install postgresql-client, or set echopilot.backup.tools"
                    .formatted(where)));
  }

  /** Newest version first. */
  static Stream<Path> packages(Path root) {
    try (Stream<Path> versions = Files.list(root)) {
      return versions
          .sorted(Comparator.comparingDouble(Tools::version).reversed())
          .map(version -> version.resolve("bin"))
          .toList()
          .stream();
    } catch (IOException _) {
      return Stream.empty();
    }
  }

  private static double version(Path folder) {
    try {
      return Double.parseDouble(folder.getFileName().toString());
    } catch (NumberFormatException _) {
      return 0;
    }
  }
}
