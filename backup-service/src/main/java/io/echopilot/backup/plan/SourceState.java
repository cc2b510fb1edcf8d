package io.echopilot.backup.plan;

import io.echopilot.events.BackupId;
import java.time.Instant;
import java.util.Map;
import java.util.TreeMap;

/**
 * Where a source stands.
 *
 * @param schedule text of the one that {@code nextDue} is from
 * @param nextDue when a backup is asked for next
 * @param pending what is asked for and not proved yet
 */
public record SourceState(String schedule, Instant nextDue, Map<BackupId, Pending> pending) {
  public SourceState {
    pending = Map.copyOf(pending);
  }

  SourceState next(Instant due) {
    return new SourceState(schedule, due, pending);
  }

  SourceState with(BackupId backup, Pending asked) {
    Map<BackupId, Pending> changed = new TreeMap<>(pending);
    changed.put(backup, asked);
    return new SourceState(schedule, nextDue, changed);
  }

  SourceState without(BackupId backup) {
    Map<BackupId, Pending> changed = new TreeMap<>(pending);
    changed.remove(backup);
    return new SourceState(schedule, nextDue, changed);
  }
}
