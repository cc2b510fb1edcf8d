package io.echopilot.fleet.inbox;

import static java.nio.file.StandardCopyOption.ATOMIC_MOVE;

import io.echopilot.events.EventJson;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import tools.jackson.core.JacksonException;

/** Where messages outlive the inbox, as they do at the real ones: what was sent can be edited. */
final class MailFile {
  private final Path file;

  MailFile(Path file) {
    this.file = file;
  }

  /**
   * Oldest first.
   *
   * @throws IllegalStateException naming a file that can't be read and what to do about it
   */
  List<InboxMessage> load() {
    if (!Files.exists(file)) {
      return List.of();
    }
    try {
      return List.of(EventJson.mapper().readValue(file.toFile(), InboxMessage[].class));
    } catch (JacksonException e) {
      throw new IllegalStateException(
          file + " does not hold the inbox's messages: delete it to begin with none", e);
    }
  }

  void save(List<InboxMessage> messages) {
    Path next = file.resolveSibling(file.getFileName() + ".next");
    try {
      Files.createDirectories(file.toAbsolutePath().getParent());
      Files.write(next, EventJson.mapper().writeValueAsBytes(messages));
      Files.move(next, file, ATOMIC_MOVE);
    } catch (IOException e) {
      throw new UncheckedIOException("the inbox's messages can't be stored", e);
    }
  }
}
