package io.echopilot.events;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * The committed files of the contract; {@code -Dechopilot.contracts.update=true} writes them anew.
 */
final class Contracts {
  static final Path GOLDEN = Path.of("src/test/resources/golden");
  static final Path SCHEMAS = Path.of("src/main/resources/schemas");
  static final Path ASYNCAPI = Path.of("src/main/resources/asyncapi.yaml");

  private Contracts() {}

  static boolean updating() {
    return Boolean.getBoolean("echopilot.contracts.update");
  }

  /** The committed file says what was generated, or is made to. */
  static void holds(Path file, String generated) {
    if (updating()) {
      write(file, generated);
    }
    assertThat(file)
        .as("look at what changed, then run with -Dechopilot.contracts.update=true")
        .hasContent(generated);
  }

  static void write(Path file, String content) {
    try {
      Files.createDirectories(file.getParent());
      Files.writeString(file, content);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  static String read(Path file) {
    try {
      return Files.readString(file);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
