package io.echopilot.backup.storage;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.echopilot.events.BackupId;
import io.echopilot.events.EventJson;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.List;
import tools.jackson.core.JacksonException;

/**
 * Where backups lie. One that is whole has its own name; while it is written that ends in {@code
 * .partial}, and one that failed its proof is kept aside as {@code .bad-ATTEMPT}.
 */
public record BackupFolder(Path root) {
  static final String MANIFEST = "manifest.json";

  /** As {@code sha256sum -c} reads it: the manifest, and with it all that it names. */
  static final String SUMS = "SHA256SUMS";

  private static final String FINDINGS = "findings.txt";

  /** A backup's own folder, whether it is there or not. */
  public Path of(BackupId backup) {
    return root.resolve(backup.value());
  }

  private Path partial(BackupId backup) {
    return root.resolve(backup.value() + ".partial");
  }

  public boolean holds(BackupId backup) {
    return Files.isDirectory(of(backup));
  }

  /** Begins to write a backup. */
  public Draft begin(BackupId backup) throws IOException {
    removePartial(backup);
    return new Draft(root, Folders.create(partial(backup)), of(backup));
  }

  /** Removes what was written of a backup that is not whole; says whether there was anything. */
  public boolean removePartial(BackupId backup) throws IOException {
    return Folders.remove(partial(backup));
  }

  /**
   * Reads what a backup must hold.
   *
   * @throws Unusable when the manifest is not what was written
   */
  public Manifest manifest(BackupId backup) throws IOException, Unusable {
    Path file = of(backup).resolve(MANIFEST);
    if (!Files.exists(file)) {
      throw new Unusable(MANIFEST + " is missing");
    }
    byte[] bytes = Files.readAllBytes(file);
    if (!sum(backup).equals(Sha256.of(bytes))) {
      throw new Unusable("%s is not what %s was made from".formatted(MANIFEST, SUMS));
    }
    try {
      Manifest manifest = EventJson.mapper().readValue(bytes, Manifest.class);
      if (!manifest.backup().equals(backup)) {
        throw new Unusable("%s is that of %s".formatted(MANIFEST, manifest.backup()));
      }
      return manifest;
    } catch (JacksonException e) {
      throw new Unusable("%s can't be read: %s".formatted(MANIFEST, e.getOriginalMessage()));
    }
  }

  private String sum(BackupId backup) throws IOException, Unusable {
    Path file = of(backup).resolve(SUMS);
    if (!Files.exists(file)) {
      throw new Unusable(SUMS + " is missing");
    }
    return new String(Files.readAllBytes(file), UTF_8)
        .lines()
        .filter(line -> line.endsWith("  " + MANIFEST))
        .map(line -> line.substring(0, line.indexOf(' ')))
        .findFirst()
        .orElseThrow(() -> new Unusable("%s does not name %s".formatted(SUMS, MANIFEST)));
  }

  /** Names that belong in a backup's folder beside the stored files. */
  public static List<String> ownFiles() {
    return List.of(MANIFEST, SUMS);
  }

  /**
   * Keeps a backup that failed its proof out of the way of the next attempt, with the reasons
   * beside it; returns where.
   */
  public Path setAside(BackupId backup, int attempt, List<String> findings) throws IOException {
    Path aside = root.resolve("%s.bad-%d".formatted(backup, attempt));
    Folders.remove(aside);
    Files.move(of(backup), aside, StandardCopyOption.ATOMIC_MOVE);
    Files.write(aside.resolve(FINDINGS), findings);
    Folders.synchronize(root);
    return aside;
  }

  /** A backup whose manifest can't be trusted; the message says why. */
  public static final class Unusable extends Exception {
    private static final long serialVersionUID = 1L;

    Unusable(String message) {
      super(message);
    }
  }
}
