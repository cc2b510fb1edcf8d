package io.echopilot.fleet;

import io.echopilot.fleet.process.Folders;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;

/** The folder that holds everything a fleet writes. */
public record FleetHome(Path folder) {
  public FleetHome {
    folder = folder.toAbsolutePath().normalize();
  }

  /** Makes what is missing; secrets are for the owner's eyes only. */
  FleetHome create() {
    try {
      for (Path part : List.of(data(), logs(), run(), config())) {
        Files.createDirectories(part);
      }
      if (!Files.exists(secrets())) {
        Files.createDirectory(
            secrets(),
            PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------")));
      }
      return this;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  public Path data() {
    return folder.resolve("data");
  }

  public Path logs() {
    return folder.resolve("logs");
  }

  public Path run() {
    return folder.resolve("run");
  }

  public Path config() {
    return folder.resolve("config");
  }

  /** Where backups of the demo's database lie. */
  public Path backups() {
    return data().resolve("backups");
  }

  /** What a process says. */
  public Path log(String process) {
    return logs().resolve(process + ".log");
  }

  Path pidFile(String process) {
    return run().resolve(process + ".pid");
  }

  public Path secrets() {
    return folder.resolve("secrets");
  }

  /** One line per role, {@code role=password}. */
  public Path credentials() {
    return folder.resolve("credentials.properties");
  }

  /** What failover-service protects. */
  public Path services() {
    return config().resolve("services.yaml");
  }

  /** Forgets all that happened; configuration and credentials stay. */
  void wipe() {
    Folders.delete(data());
    Folders.delete(logs());
  }
}
