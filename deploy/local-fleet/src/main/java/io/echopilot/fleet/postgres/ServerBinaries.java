package io.echopilot.fleet.postgres;

import io.echopilot.fleet.process.StartFailure;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * The programs of a PostgreSQL server.
 *
 * @param folder with {@code initdb} and {@code postgres}
 * @param major such as 15
 */
public record ServerBinaries(Path folder, int major) {
  private static final Pattern VERSION = Pattern.compile("\\(PostgreSQL\\) (\\d+)");

  /** What was the newest when our SQL was written. */
  private static final int OLDEST = 15;

  /**
   * Those of this machine, the one in the path first and then the newest; else the embedded ones.
   *
   * @param data a server's folder, whose files decide which major version can go on with them
   * @param unpacked where the embedded ones are unpacked
   * @throws StartFailure when no server can be had here for that folder
   */
  public static ServerBinaries find(Path data, Path unpacked) {
    return find(data, ofTheMachine(), () -> EmbeddedBinaries.unpack(unpacked));
  }

  static ServerBinaries find(
      Path data, List<ServerBinaries> installed, Supplier<ServerBinaries> embedded) {
    Optional<Integer> wanted = majorOf(data);
    Optional<ServerBinaries> found =
        installed.stream()
            .filter(each -> each.major >= OLDEST)
            .filter(each -> wanted.isEmpty() || wanted.get() == each.major)
            .findFirst();
    if (found.isPresent()) {
      return found.get();
    }
    ServerBinaries last = embedded.get();
    if (wanted.isPresent() && wanted.get() != last.major) {
      throw new StartFailure(
          "%s was written by PostgreSQL %d, which is not here: install it, or forget the data with deploy/down --wipe"
              .formatted(data, wanted.get()));
    }
    return last;
  }

  /** Empty when there is no server in the folder. */
  static Optional<ServerBinaries> in(Path folder) {
    if (!Files.isExecutable(folder.resolve("initdb"))
        || !Files.isExecutable(folder.resolve("postgres"))) {
      return Optional.empty();
    }
    Matcher version =
        VERSION.matcher(Tool.answer(List.of(folder.resolve("postgres").toString(), "--version")));
    return version.find()
        ? Optional.of(new ServerBinaries(folder, Integer.parseInt(version.group(1))))
        : Optional.empty();
  }

  private static List<ServerBinaries> ofTheMachine() {
    Stream<Path> inPath =
        Stream.of(Tool.answer(List.of("pg_config", "--bindir")))
            .filter(folder -> !folder.isBlank())
            .map(Path::of);
    return Stream.concat(inPath, debian().stream())
        .distinct()
        .flatMap(folder -> in(folder).stream())
        .toList();
  }

  private static List<Path> debian() {
    Path versions = Path.of("/usr/lib/postgresql");
    if (!Files.isDirectory(versions)) {
      return List.of();
    }
    try (Stream<Path> folders = Files.list(versions)) {
      return folders
          .filter(folder -> folder.getFileName().toString().matches("\\d+"))
          .sorted(
              Comparator.comparing(
                      (Path folder) -> Integer.valueOf(folder.getFileName().toString()))
                  .reversed())
          .map(folder -> folder.resolve("bin"))
          .toList();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static Optional<Integer> majorOf(Path data) {
    Path file = data.resolve("PG_VERSION");
    try {
      return Files.exists(file)
          ? Optional.of(Integer.valueOf(Files.readString(file).strip()))
          : Optional.empty();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
