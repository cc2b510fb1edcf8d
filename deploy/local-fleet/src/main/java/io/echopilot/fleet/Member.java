package io.echopilot.fleet;

import io.echopilot.fleet.process.AotCache;
import io.echopilot.fleet.process.ProcessPlan;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;

/** A kind of process that a fleet can run. {@link Members} lists all of them. */
interface Member {
  Part part();

  /** Its processes in this fleet. */
  List<Instance> instances();

  /** What a training run makes for it; empty for what is no JVM. */
  Optional<AotCache> cache();

  /** What a person may want to look at, by what it is called. */
  Map<String, String> addresses();

  /**
   * One process.
   *
   * @param ports that nobody else may listen on
   * @param plan writes the files that it reads, and says how it is started
   */
  record Instance(String name, Map<Port, Integer> ports, Supplier<ProcessPlan> plan) {}
}
