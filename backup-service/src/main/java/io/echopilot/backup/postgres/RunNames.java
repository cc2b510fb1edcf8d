package io.echopilot.backup.postgres;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.echopilot.events.BackupId;
import java.util.UUID;

/**
 * What the making of one backup is called at the server. Made from the backup's name, so whatever a
 * killed start left is found; short enough for PostgreSQL's 63 bytes.
 *
 * @param application of its sessions
 * @param scratch database in which it is proved
 */
public record RunNames(String application, String scratch) {
  private static final int TIME_FROM = "dr_backup_".length();
  private static final int TIME_TO = TIME_FROM + "20261126_023000".length();
  private static final int HASH = 8;

  public static RunNames of(BackupId backup) {
    String time = backup.value().substring(TIME_FROM, TIME_TO);
    String hash = UUID.nameUUIDFromBytes(backup.value().getBytes(UTF_8)).toString();
    String run = time + "_" + hash.substring(0, HASH);
    return new RunNames("dr_backup_" + run, "dr_verify_" + run);
  }
}
