package io.echopilot.backup.postgres;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;

/**
 * Runs {@code pg_dump} and {@code pg_restore}, in the directory format.
 *
 * @param jobs that work in parallel
 * @param application by which the server knows them
 */
public record Dumper(Tools tools, int jobs, String application) {
  /**
   * Dumps what a snapshot sees.
   *
   * @param target folder that is not there yet
   * @param lockWait longest wait for a table that somebody holds
   */
  public void dump(
      Database database, Snapshot snapshot, Path target, Duration lockWait, Duration limit)
      throws ToolFailure, IOException, InterruptedException {
    new ToolRun(
            tools,
            "pg_dump",
            List.of(
                "--format=directory",
                "--jobs=" + jobs,
                // Compressed when it is stored, which every version of pg_dump allows.
                "--compress=0",
                // What counts is synchronized when it is stored.
                "--no-sync",
                "--snapshot=" + snapshot.id(),
                "--lock-wait-timeout=" + lockWait.toMillis(),
                "--no-password",
                "--file=" + target))
        .run(database.environment(application), limit);
  }

  /** Restores into an empty database; owners, privileges and replication stay behind. */
  public void restore(Path dump, Database database, Duration limit)
      throws ToolFailure, IOException, InterruptedException {
    new ToolRun(
            tools,
            "pg_restore",
            List.of(
                "--format=directory",
                "--jobs=" + jobs,
                "--exit-on-error",
                "--no-owner",
                "--no-privileges",
                "--no-tablespaces",
                "--no-publications",
                "--no-subscriptions",
                "--no-password",
                "--dbname=" + database.name(),
                dump.toString()))
        .run(database.environment(application), limit);
  }
}
