package io.echopilot.fleet.demo;

import static java.nio.file.StandardCopyOption.ATOMIC_MOVE;
import static java.nio.file.StandardOpenOption.CREATE;
import static java.nio.file.StandardOpenOption.READ;
import static java.nio.file.StandardOpenOption.TRUNCATE_EXISTING;
import static java.nio.file.StandardOpenOption.WRITE;

import io.echopilot.events.EventJson;
import io.echopilot.events.Route;
import io.echopilot.events.ServiceId;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;

/** One file per service, replaced atomically: after a crash the old route is there, or the new. */
final class RouteStore {
  private final Path folder;

  RouteStore(Path folder) {
    this.folder = folder;
    try {
      Files.createDirectories(folder);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  Optional<Route> load(ServiceId service) {
    Path file = file(service);
    return Files.exists(file)
        ? Optional.of(EventJson.mapper().readValue(file.toFile(), Route.class))
        : Optional.empty();
  }

  /** Returns when the route would survive a loss of power. */
  void save(ServiceId service, Route route) {
    Path next = folder.resolve(service + ".json.next");
    try {
      try (FileChannel channel = FileChannel.open(next, CREATE, WRITE, TRUNCATE_EXISTING)) {
        ByteBuffer json = ByteBuffer.wrap(EventJson.mapper().writeValueAsBytes(route));
        while (json.hasRemaining()) {
          channel.write(json);
        }
        channel.force(true);
      }
      Files.move(next, file(service), ATOMIC_MOVE);
      try (FileChannel names = FileChannel.open(folder, READ)) {
        names.force(true);
      }
    } catch (IOException e) {
      throw new UncheckedIOException("route of " + service + " can't be stored", e);
    }
  }

  private Path file(ServiceId service) {
    return folder.resolve(service + ".json");
  }
}
