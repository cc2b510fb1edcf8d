package io.echopilot.fleet.process;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Collectors;

/**
 * A program's classes as a training run linked them, kept beside its jars: about half the start-up
 * time (JEP 483, 514 and 515).
 *
 * @param classPath what the program runs from; folders of classes can't be cached
 */
public record AotCache(Path file, List<Path> classPath) {

  /** Whether a training run would bring anything. */
  public boolean isDue() {
    return isPossible() && !isCurrent();
  }

  /** For a run that uses the cache; none when there is none for exactly these jars. */
  public List<String> use() {
    return isCurrent() ? List.of("-XX:AOTCache=" + file) : List.of();
  }

  /** For a run that writes the cache at its end. */
  public List<String> train() {
    return isPossible() ? List.of("-XX:AOTCacheOutput=" + file) : List.of();
  }

  /** Called after the training run. */
  public void trained() {
    try {
      if (Files.exists(file)) {
        Files.writeString(stamp(), fingerprint());
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private boolean isPossible() {
    return classPath.stream().noneMatch(Files::isDirectory);
  }

  private boolean isCurrent() {
    try {
      return Files.exists(file)
          && Files.exists(stamp())
          && Files.readString(stamp()).equals(fingerprint());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private Path stamp() {
    return file.resolveSibling(file.getFileName() + ".stamp");
  }

  private String fingerprint() {
    return System.getProperty("java.vm.version")
        + "\n"
        + String.join("\n", JvmOptions.service())
        + classPath.stream().map(Fingerprint::of).collect(Collectors.joining("\n", "\n", "\n"));
  }
}
