package io.echopilot.fleet.process;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;

/**
 * A Spring Boot jar, unpacked into the layout that starts fast and that an AOT cache can be made
 * for.
 *
 * @see <a href="https://docs.spring.io/spring-boot/reference/packaging/efficient.html">Packaging
 *     Spring Boot Applications: Efficient Deployments</a>
 */
public record ServiceImage(Path jar, AotCache cache) {

  /**
   * Unpacks the module's jar unless that was done before; of several that ask at once, in this
   * process or others, one does it and the rest wait.
   *
   * @param module the Maven module's folder
   * @throws StartFailure when it was not built
   */
  public static synchronized ServiceImage of(Path module) {
    Path executable = executable(module);
    Path folder = module.resolve("target/fleet");
    Path layout = folder.resolve("layout");
    Path stamp = folder.resolve("layout.stamp");
    try (FileChannel lock =
            FileChannel.open(
                module.resolve("target/fleet.lock"),
                StandardOpenOption.CREATE,
                StandardOpenOption.WRITE);
        FileLock _ = lock.lock()) {
      String content = Fingerprint.ofContent(executable);
      if (!Files.exists(stamp) || !Files.readString(stamp).equals(content)) {
        // With the old layout goes its cache: the JVM can't tell two builds of one size apart.
        Folders.delete(folder);
        unpack(executable, layout, folder.resolve("unpack.log"));
        Files.writeString(stamp, content);
      }
      Path jar = layout.resolve(executable.getFileName());
      return new ServiceImage(jar, new AotCache(folder.resolve("app.aot"), jars(layout, jar)));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static Path executable(Path module) {
    Path target = module.resolve("target");
    if (Files.isDirectory(target)) {
      try (Stream<Path> files = Files.list(target)) {
        List<Path> found =
            files.filter(file -> file.getFileName().toString().endsWith("-exec.jar")).toList();
        if (found.size() == 1) {
          return found.getFirst();
        }
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }
    throw new StartFailure(
        "%s is not built; run: mvn -DskipTests -pl %s -am package"
            .formatted(module.getFileName(), module.getFileName()));
  }

  private static void unpack(Path executable, Path layout, Path log) throws IOException {
    Files.createDirectories(layout.getParent());
    try {
      int code =
          new ProcessBuilder(
                  JvmOptions.java(),
                  "-XX:TieredStopAtLevel=1",
                  "-Djarmode=tools",
                  "-jar",
                  executable.toString(),
                  "extract",
                  "--force",
                  "--destination",
                  layout.toString())
              .redirectErrorStream(true)
              .redirectOutput(log.toFile())
              .start()
              .waitFor();
      if (code != 0) {
        throw StartFailure.died("unpacking " + executable.getFileName(), code, log);
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException("interrupted while unpacking", e);
    }
  }

  private static List<Path> jars(Path layout, Path jar) throws IOException {
    List<Path> jars = new ArrayList<>(List.of(jar));
    try (Stream<Path> files = Files.list(layout.resolve("lib"))) {
      files.sorted(Comparator.naturalOrder()).forEach(jars::add);
    }
    return jars;
  }
}
