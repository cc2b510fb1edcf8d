package io.echopilot.backup.restore;

import com.github.luben.zstd.ZstdInputStream;
import io.echopilot.backup.storage.BackupFolder;
import io.echopilot.backup.storage.Manifest;
import io.echopilot.backup.storage.Manifest.StoredFile;
import io.echopilot.backup.storage.Sha256;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.DigestOutputStream;
import java.security.MessageDigest;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Compares a stored backup with its manifest, file by file, and unpacks it. */
final class ReadBack {
  private ReadBack() {}

  /**
   * Unpacks it.
   *
   * @param target folder that is there and empty
   * @return what is not as it should be, each naming its file; empty when all is well
   */
  static List<String> unpack(Path backup, Manifest manifest, Path target) throws IOException {
    Set<String> there = names(backup);
    List<String> findings = new ArrayList<>();
    for (StoredFile file : manifest.files()) {
      if (there.remove(file.name())) {
        unpack(backup.resolve(file.name()), file, target, findings);
      } else {
        findings.add(file.name() + " is missing");
      }
    }
    there.removeAll(BackupFolder.ownFiles());
    there.forEach(name -> findings.add(name + " does not belong to the backup"));
    return findings;
  }

  private static Set<String> names(Path folder) throws IOException {
    try (Stream<Path> all = Files.list(folder)) {
      return all.map(file -> file.getFileName().toString())
          .collect(Collectors.toCollection(TreeSet::new));
    }
  }

  private static void unpack(Path stored, StoredFile file, Path target, List<String> findings)
      throws IOException {
    long bytes = Files.size(stored);
    if (bytes != file.bytes()) {
      findings.add(
          "%s has %d bytes, and %d were stored".formatted(file.name(), bytes, file.bytes()));
      return;
    }
    String sha256 = Sha256.of(stored);
    if (!sha256.equals(file.sha256())) {
      findings.add(
          "%s was changed: its SHA-256 is %s, and %s was stored"
              .formatted(file.name(), sha256, file.sha256()));
      return;
    }
    MessageDigest digest = Sha256.digest();
    try (InputStream in = new ZstdInputStream(Files.newInputStream(stored));
        OutputStream out =
            new DigestOutputStream(Files.newOutputStream(target.resolve(file.rawName())), digest)) {
      in.transferTo(out);
    }
    if (!Sha256.text(digest).equals(file.rawSha256())) {
      findings.add("%s unpacks to something else than was dumped".formatted(file.name()));
    }
  }
}
