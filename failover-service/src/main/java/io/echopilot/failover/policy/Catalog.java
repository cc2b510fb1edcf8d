package io.echopilot.failover.policy;

import io.echopilot.events.ServiceDefinition;
import io.echopilot.events.ServiceId;
import java.util.List;
import java.util.Map;

/**
 * What the files say, or what is wrong with them.
 *
 * @param definitions empty when there are problems
 * @param removed services that are said to be no longer protected, and where
 */
record Catalog(
    Map<ServiceId, ServiceDefinition> definitions,
    Map<ServiceId, Place> removed,
    List<Problem> problems) {
  Catalog {
    definitions = Map.copyOf(definitions);
    removed = Map.copyOf(removed);
    problems = List.copyOf(problems);
  }

  boolean isUsable() {
    return problems.isEmpty() && !(definitions.isEmpty() && removed.isEmpty());
  }
}
