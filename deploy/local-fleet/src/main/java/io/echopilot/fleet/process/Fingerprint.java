package io.echopilot.fleet.process;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Collectors;
import java.util.zip.ZipFile;

/** Tells a file from a later one of the same name. */
final class Fingerprint {
  private Fingerprint() {}

  static String of(Path file) {
    try {
      return "%s %d %s".formatted(file, Files.size(file), Files.getLastModifiedTime(file));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Of an archive; a reproducible build gives all its archives the same time. */
  static String ofContent(Path archive) throws IOException {
    try (ZipFile zip = new ZipFile(archive.toFile())) {
      return zip.stream()
          .map(entry -> "%s %08x".formatted(entry.getName(), entry.getCrc()))
          .collect(Collectors.joining("\n", archive + "\n", "\n"));
    }
  }
}
