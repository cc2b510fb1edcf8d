package io.echopilot.backup.restore;

import io.echopilot.backup.storage.Manifest;
import io.echopilot.events.BackupStep;
import java.util.List;

/** What the proof of a backup came to. */
public sealed interface Verdict {
  /** It restores to what was dumped. */
  record Good(Manifest manifest) implements Verdict {}

  /**
   * It is not what it should be.
   *
   * @param step that found it
   * @param findings one or more sentences
   */
  record Bad(BackupStep step, List<String> findings) implements Verdict {
    public Bad {
      findings = List.copyOf(findings);
    }
  }
}
