package io.echopilot.fleet;

import static java.util.Objects.requireNonNull;

import io.echopilot.fleet.process.AotCache;
import io.echopilot.fleet.process.ServiceImage;
import io.echopilot.fleet.process.StartFailure;
import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;

/**
 * What Maven has built in a clone of the repository.
 *
 * @param repository the clone
 * @param classPath of the launcher, the broker and the demo
 */
record Build(Path repository, List<Path> classPath) {
  private static final String MODULE = "deploy/local-fleet";

  /** The build that this class belongs to. */
  static Build current() {
    try {
      Path code = Path.of(Build.class.getProtectionDomain().getCodeSource().getLocation().toURI());
      Path target = requireNonNull(code.getParent());
      Path list = target.resolve("classpath.txt");
      if (!Files.exists(list)) {
        throw new StartFailure(
            "local-fleet is not built; run: mvn -DskipTests -pl %s -am package".formatted(MODULE));
      }
      List<Path> classPath = new ArrayList<>(List.of(code));
      for (String entry : Files.readString(list).strip().split(File.pathSeparator, -1)) {
        classPath.add(Path.of(entry));
      }
      return new Build(target.resolve("../../..").normalize(), List.copyOf(classPath));
    } catch (URISyntaxException e) {
      throw new IllegalStateException(e);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Throws {@link StartFailure} when it is not built. */
  ServiceImage service(String module) {
    return ServiceImage.of(repository.resolve(module));
  }

  /** The cache of a program that runs from the launcher's class path. */
  AotCache program(String name) {
    return new AotCache(target().resolve(name + ".aot"), classPath);
  }

  /** Where things are kept that the next build may delete. */
  Path target() {
    return repository.resolve(MODULE).resolve("target");
  }

  String classPathArgument() {
    return classPath.stream().map(Path::toString).collect(Collectors.joining(File.pathSeparator));
  }

  Path trainingHome() {
    return target().resolve("training");
  }
}
