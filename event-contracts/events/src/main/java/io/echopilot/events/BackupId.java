package io.echopilot.events;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Locale;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * One backup, {@code dr_backup_YYYYMMDD_HHMMSS_SOURCE} with the UTC time that it is asked for: the
 * runbook's name, with the second and the source. It is also the name of its folder, so it holds
 * nothing that a path gives a meaning to.
 */
public record BackupId(@JsonValue String value) implements Comparable<BackupId> {
  private static final Pattern FORM = Pattern.compile("dr_backup_\\d{8}_\\d{6}_[a-z0-9-]{1,63}");
  private static final DateTimeFormatter TIME =
      DateTimeFormatter.ofPattern("uuuuMMdd_HHmmss", Locale.ROOT).withZone(ZoneOffset.UTC);

  @JsonCreator(mode = JsonCreator.Mode.DELEGATING)
  public BackupId {
    @Nullable String given = value;
    if (given == null || !FORM.matcher(given).matches()) {
      throw new IllegalArgumentException(
          "backup must look like dr_backup_20261126_023000_checkout-db, but is "
              + (given == null ? "missing" : "\"" + given + "\""));
    }
  }

  /** The backup of a source that is asked for at a moment. */
  public static BackupId of(SourceId source, Instant at) {
    return new BackupId("dr_backup_%s_%s".formatted(TIME.format(at), source));
  }

  @Override
  public int compareTo(BackupId other) {
    return value.compareTo(other.value);
  }

  @Override
  public String toString() {
    return value;
  }
}
