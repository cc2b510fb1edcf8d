package io.echopilot.fleet;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.stream.Collectors;

/** Writes the files that processes read at their start. */
final class FleetFiles {
  private final FleetOptions options;

  FleetFiles(FleetOptions options) {
    this.options = options;
  }

  /** With what else the options say of this process, or of all its kind. */
  Path properties(String name, String kind, Map<String, String> settings) {
    String lines =
        settings(name, kind, settings).entrySet().stream()
            .map(entry -> entry.getKey() + "=" + escaped(entry.getValue()) + "\n")
            .collect(Collectors.joining());
    return write(options.home().config().resolve(name + ".properties"), lines);
  }

  /** The settings, and what else the options say of this process or of all its kind. */
  Map<String, String> settings(String name, String kind, Map<String, String> settings) {
    Map<String, String> all = new LinkedHashMap<>(settings);
    all.putAll(options.properties().getOrDefault(kind, Map.of()));
    all.putAll(options.properties().getOrDefault(name, Map.of()));
    return all;
  }

  /** Property files are Latin-1 to those who read them. */
  private static String escaped(String value) {
    return value
        .replace("\\", "\\\\")
        .chars()
        .mapToObj(c -> c < 128 ? Character.toString(c) : "\\u%04x".formatted(c))
        .collect(Collectors.joining());
  }

  static Path write(Path file, String text) {
    try {
      return Files.writeString(file, text);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
