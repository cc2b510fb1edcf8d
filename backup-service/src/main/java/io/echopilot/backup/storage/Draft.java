package io.echopilot.backup.storage;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.github.luben.zstd.ZstdOutputStream;
import io.echopilot.backup.storage.Manifest.StoredFile;
import io.echopilot.events.EventJson;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.security.DigestInputStream;
import java.security.DigestOutputStream;
import java.security.MessageDigest;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import tools.jackson.databind.SerializationFeature;

/** A backup that is being written, and gets its name when all of it is on the disk. */
public final class Draft {
  private final Path root;
  private final Path partial;
  private final Path target;

  Draft(Path root, Path partial, Path target) {
    this.root = root;
    this.partial = partial;
    this.target = target;
  }

  /** Takes all files of a dump, one after the other, compressed. */
  public List<StoredFile> store(Path dump) throws IOException {
    List<Path> files;
    try (Stream<Path> all = Files.list(dump)) {
      files = all.sorted().toList();
    }
    List<StoredFile> stored = new ArrayList<>();
    for (Path file : files) {
      stored.add(storeFile(file));
    }
    return stored;
  }

  private StoredFile storeFile(Path raw) throws IOException {
    String name = raw.getFileName() + StoredFile.SUFFIX;
    Path stored = partial.resolve(name);
    MessageDigest rawDigest = Sha256.digest();
    MessageDigest digest = Sha256.digest();
    long rawBytes;
    try (InputStream in = new DigestInputStream(Files.newInputStream(raw), rawDigest);
        // Closed by itself: on a full disk the stream around it fails before it comes to that.
        OutputStream file = created(stored);
        OutputStream out = new ZstdOutputStream(new DigestOutputStream(file, digest))) {
      rawBytes = in.transferTo(out);
    }
    synchronize(stored);
    return new StoredFile(
        name, Files.size(stored), Sha256.text(digest), rawBytes, Sha256.text(rawDigest));
  }

  /**
   * The backup is whole from here on.
   *
   * @return SHA-256 of the manifest
   */
  public String publish(Manifest manifest) throws IOException {
    byte[] bytes =
        EventJson.mapper().writer(SerializationFeature.INDENT_OUTPUT).writeValueAsBytes(manifest);
    String sum = Sha256.of(bytes);
    StringBuilder sums = new StringBuilder();
    manifest
        .files()
        .forEach(file -> sums.append(file.sha256()).append("  ").append(file.name()).append('\n'));
    sums.append(sum).append("  ").append(BackupFolder.MANIFEST).append('\n');
    write(BackupFolder.SUMS, sums.toString().getBytes(UTF_8));
    write(BackupFolder.MANIFEST, bytes);
    Folders.synchronize(partial);
    Files.move(partial, target, StandardCopyOption.ATOMIC_MOVE);
    Folders.synchronize(root);
    return sum;
  }

  private void write(String name, byte[] bytes) throws IOException {
    Path file = partial.resolve(name);
    try (OutputStream out = created(file)) {
      out.write(bytes);
    }
    synchronize(file);
  }

  private static OutputStream created(Path file) throws IOException {
    return Files.newOutputStream(file, StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE);
  }

  private static void synchronize(Path file) throws IOException {
    try (FileChannel channel = FileChannel.open(file, StandardOpenOption.WRITE)) {
      channel.force(true);
    }
  }
}
