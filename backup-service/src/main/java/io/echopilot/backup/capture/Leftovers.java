package io.echopilot.backup.capture;

import io.echopilot.backup.postgres.Database;
import io.echopilot.backup.postgres.RunNames;
import io.echopilot.backup.postgres.Scratch;
import io.echopilot.backup.storage.BackupFolder;
import io.echopilot.backup.storage.Folders;
import io.echopilot.events.BackupId;
import java.io.IOException;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** What a start of a backup left that ended in its middle. */
final class Leftovers {
  private static final Logger log = LoggerFactory.getLogger(Leftovers.class);

  private Leftovers() {}

  /** Something to do whose failure is only told. */
  interface Step {
    Object run() throws IOException, SQLException;
  }

  /**
   * Removes all of it. A server that does not answer keeps its part: the backup that follows fails
   * there too, with the reason.
   *
   * @return what was removed, for a person; empty when there was nothing
   */
  static List<String> remove(
      BackupId backup, SourceSettings source, BackupFolder storage, Path work) {
    List<String> removed = new ArrayList<>();
    RunNames names = RunNames.of(backup);
    for (Database server : servers(source)) {
      quietly(() -> removed.addAll(Scratch.endSessions(server, names)));
    }
    quietly(() ->
        new Scratch(source.scratchServer(), names).drop()
            && removed.add("scratch database " + names.scratch()));
    quietly(() -> storage.removePartial(backup) && removed.add("what was stored of it unfinished"));
    quietly(() -> Folders.remove(work) && removed.add("its work folder " + work));
    return removed;
  }

  private static Set<Database> servers(SourceSettings source) {
    return new LinkedHashSet<>(List.of(source.database(), source.scratchServer()));
  }

  static void quietly(Step step) {
    try {
      step.run();
    } catch (IOException | SQLException e) {
      log.warn("Something may stay behind of a backup: {}", e.toString());
    }
  }
}
