package io.echopilot.fleet;

import io.echopilot.fleet.process.AotCache;
import io.echopilot.fleet.process.Folders;
import java.time.Duration;
import java.util.List;

/**
 * Runs the fleet once, aside and on ports of its own, so that every program's AOT cache is written
 * from what it really does at its start.
 */
final class Training {
  /** A cache is written while the process stops. */
  private static final Duration PATIENCE = Duration.ofSeconds(90);

  private final FleetOptions options;

  Training(Build build) {
    options = FleetOptions.in(build.trainingHome(), Ports.free()).forTraining();
  }

  boolean isDue() {
    return caches().stream().anyMatch(AotCache::isDue);
  }

  void run() {
    Folders.delete(options.home().folder());
    LocalFleet.start(options).stop(PATIENCE);
    caches().forEach(AotCache::trained);
  }

  private List<AotCache> caches() {
    return Members.of(options).stream().flatMap(member -> member.cache().stream()).toList();
  }
}
