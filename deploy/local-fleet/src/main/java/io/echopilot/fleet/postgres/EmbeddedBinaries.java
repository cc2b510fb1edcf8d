package io.echopilot.fleet.postgres;

import io.echopilot.fleet.process.Folders;
import io.echopilot.fleet.process.StartFailure;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.URL;
import java.nio.file.Files;
import java.nio.file.Path;
import org.tukaani.xz.XZInputStream;

/** A server for machines that have none, from an archive on the class path. */
final class EmbeddedBinaries {
  private static final String ARCHIVE = "/postgres-linux-x86_64.txz";

  private EmbeddedBinaries() {}

  /**
   * Unpacks them unless that was done before.
   *
   * @throws StartFailure when they can't run on this machine
   */
  static ServerBinaries unpack(Path parent) {
    URL archive = EmbeddedBinaries.class.getResource(ARCHIVE);
    boolean fits =
        System.getProperty("os.name").equals("Linux")
            && System.getProperty("os.arch").equals("amd64");
    if (archive == null || !fits) {
      throw new StartFailure(
          "no PostgreSQL server was found; install one of version 15 or newer (Debian: apt install postgresql)");
    }
    // Named after the archive, so that another version is unpacked anew.
    Path folder = parent.resolve("postgres-%08x".formatted(archive.toString().hashCode()));
    if (!Files.isDirectory(folder)) {
      unpack(archive, folder);
    }
    return ServerBinaries.in(folder.resolve("bin"))
        .orElseThrow(() ->
            new StartFailure(
                "the embedded PostgreSQL in %s does not run here; install one (Debian: apt install postgresql)"
                    .formatted(folder)));
  }

  private static void unpack(URL archive, Path folder) {
    Path unfinished = folder.resolveSibling(folder.getFileName() + ".unfinished");
    Folders.delete(unfinished);
    try {
      Files.createDirectories(unfinished);
      Process tar =
          new ProcessBuilder("tar", "-xf", "-", "-C", unfinished.toString())
              .inheritIO()
              .redirectInput(ProcessBuilder.Redirect.PIPE)
              .start();
      try (InputStream in = new XZInputStream(archive.openStream());
          OutputStream out = tar.getOutputStream()) {
        in.transferTo(out);
      }
      int code = Tool.ended(tar);
      if (code != 0) {
        throw new StartFailure("tar ended with exit code %d at %s".formatted(code, unfinished));
      }
      Files.move(unfinished, folder);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
