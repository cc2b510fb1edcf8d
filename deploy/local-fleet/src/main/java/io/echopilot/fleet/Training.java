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

  private final Build build;

  Training(Build build) {
    this.build = build;
  }

  boolean isDue() {
    return caches().stream().anyMatch(AotCache::isDue);
  }

  void run() {
    FleetHome home = new FleetHome(build.trainingHome());
    Folders.delete(home.folder());
    LocalFleet.start(FleetOptions.in(home.folder(), Ports.free()).forTraining()).stop(PATIENCE);
    caches().forEach(AotCache::trained);
  }

  private List<AotCache> caches() {
    return List.of(
        build.broker(),
        build.demo(),
        build.failoverService().cache(),
        build.proberService().cache(),
        build.alertService().cache());
  }
}
