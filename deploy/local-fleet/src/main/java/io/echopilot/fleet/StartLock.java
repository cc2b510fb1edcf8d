package io.echopilot.fleet;

import io.echopilot.fleet.process.StartFailure;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.channels.FileChannel;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Files;
import java.nio.file.StandardOpenOption;

/** Held while a process answers for a fleet: two in one folder would stop one another's. */
final class StartLock implements AutoCloseable {
  private final FileChannel file;

  private StartLock(FileChannel file) {
    this.file = file;
  }

  /** Throws {@link StartFailure} while another process answers for the fleet of this home. */
  static StartLock of(FleetHome home) {
    try {
      Files.createDirectories(home.folder());
      FileChannel file =
          FileChannel.open(
              home.folder().resolve("start.lock"),
              StandardOpenOption.CREATE,
              StandardOpenOption.WRITE);
      if (!isMine(file)) {
        file.close();
        throw new StartFailure(
            "Another deploy/up runs here: end it with Ctrl-C in its window, or with deploy/down.");
      }
      return new StartLock(file);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static boolean isMine(FileChannel file) throws IOException {
    try {
      return file.tryLock() != null;
    } catch (OverlappingFileLockException _) {
      return false;
    }
  }

  @Override
  public void close() {
    try {
      file.close();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
