package io.echopilot.backup.capture;

import io.echopilot.backup.postgres.Database;
import java.time.Duration;
import java.util.List;

/**
 * How a source is backed up.
 *
 * @param database that is dumped
 * @param scratchServer where the proof is made
 * @param queries of the owner
 */
record SourceSettings(
    Database database,
    Database scratchServer,
    List<String> queries,
    int jobs,
    Duration timeLimit,
    Duration lockWait) {}
