package io.echopilot.failover.policy;

import io.echopilot.events.ServiceDefinition;
import io.echopilot.events.ServiceId;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * What the files say, or what is wrong with them.
 *
 * @param definitions empty when there are problems
 * @param removed services that are said to be no longer protected
 */
record Catalog(
    Map<ServiceId, ServiceDefinition> definitions, Set<ServiceId> removed, List<Problem> problems) {
  Catalog {
    definitions = Map.copyOf(definitions);
    removed = Set.copyOf(removed);
    problems = List.copyOf(problems);
  }

  boolean isUsable() {
    return problems.isEmpty() && !(definitions.isEmpty() && removed.isEmpty());
  }
}
