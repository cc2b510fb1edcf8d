package io.echopilot.events;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;

/** Why a backup is made. */
public enum BackupReason {
  /** It is due. */
  SCHEDULE,
  /** A service that uses the database was failed over: a safety backup. */
  FAILOVER,
  /** A person asked for it. */
  REQUEST;

  @JsonValue
  public String value() {
    return EnumNames.lower(this);
  }

  @JsonCreator
  public static BackupReason of(String value) {
    return EnumNames.parse(BackupReason.class, "reason", value);
  }
}
