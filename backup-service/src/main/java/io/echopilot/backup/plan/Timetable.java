package io.echopilot.backup.plan;

import java.time.Instant;

/** When backups of a source are due. */
@FunctionalInterface
public interface Timetable {
  /** The first time that is due after this one. */
  Instant after(Instant time);
}
