package io.echopilot.backup.storage;

import io.echopilot.backup.postgres.Contents;
import io.echopilot.backup.postgres.Snapshot;
import io.echopilot.events.BackupId;
import io.echopilot.events.BackupReason;
import io.echopilot.events.SourceId;
import java.time.Instant;
import java.util.List;
import java.util.regex.Pattern;

/**
 * What a backup is and what must be in it.
 *
 * @param format of the manifest and of the folder
 * @param at when the dump began
 * @param from the database, for a person
 * @param kind how a database is made that it can be restored into
 * @param contents what the dump's snapshot held
 * @param files all but the manifest and its sums
 */
public record Manifest(
    int format,
    BackupId backup,
    SourceId source,
    BackupReason reason,
    Instant at,
    String from,
    Snapshot.Kind kind,
    Contents contents,
    List<StoredFile> files) {
  /** The one that this version writes and reads. */
  public static final int FORMAT = 1;

  public Manifest {
    if (format != FORMAT) {
      throw new IllegalArgumentException(
          "format is %d, but this version knows %d only".formatted(format, FORMAT));
    }
    files = List.copyOf(files);
  }

  /** Bytes in storage, without the manifest. */
  public long bytes() {
    return files.stream().mapToLong(StoredFile::bytes).sum();
  }

  /**
   * A file of the dump, compressed with zstd.
   *
   * @param name in the backup's folder; {@link #rawName} is that of the dump
   * @param bytes as they are stored
   * @param sha256 of these, hexadecimal
   * @param rawSha256 of what the dump wrote
   */
  public record StoredFile(
      String name, long bytes, String sha256, long rawBytes, String rawSha256) {
    static final String SUFFIX = ".zst";
    private static final Pattern NAME = Pattern.compile("[A-Za-z0-9_][A-Za-z0-9_.-]*\\.zst");

    public StoredFile {
      if (!NAME.matcher(name).matches()) {
        throw new IllegalArgumentException("no name of a stored file: " + name);
      }
    }

    public String rawName() {
      return name.substring(0, name.length() - SUFFIX.length());
    }
  }
}
