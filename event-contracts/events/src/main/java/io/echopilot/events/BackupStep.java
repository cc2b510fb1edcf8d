package io.echopilot.events;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;

/** What is done to a backup, in order. */
public enum BackupStep {
  /** Taken from the database. */
  DUMP,
  /** Compressed, hashed and put into storage with its manifest. */
  STORE,
  /** Read back from storage and compared with its manifest. */
  READ_BACK,
  /** Restored into a scratch database. */
  RESTORE,
  /** The restored database compared with what the dump's snapshot held. */
  COMPARE;

  @JsonValue
  public String value() {
    return EnumNames.lower(this);
  }

  @JsonCreator
  public static BackupStep of(String value) {
    return EnumNames.parse(BackupStep.class, "step", value);
  }
}
