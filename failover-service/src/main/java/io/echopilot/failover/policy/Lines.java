package io.echopilot.failover.policy;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.snakeyaml.engine.v2.api.LoadSettings;
import org.snakeyaml.engine.v2.api.lowlevel.Compose;
import org.snakeyaml.engine.v2.exceptions.YamlEngineException;
import org.snakeyaml.engine.v2.nodes.MappingNode;
import org.snakeyaml.engine.v2.nodes.Node;
import org.snakeyaml.engine.v2.nodes.NodeTuple;
import org.snakeyaml.engine.v2.nodes.ScalarNode;
import org.snakeyaml.engine.v2.nodes.SequenceNode;

/** On which line of a YAML file each value stands. */
final class Lines {
  private final Map<List<String>, Integer> byPath = new HashMap<>();

  private Lines() {}

  /**
   * Finds the lines.
   *
   * @throws YamlEngineException when it is no YAML; usually one that tells where
   */
  static Lines of(String yaml) {
    Lines lines = new Lines();
    Optional<Node> root = new Compose(LoadSettings.builder().build()).composeString(yaml);
    root.ifPresent(node -> lines.add(List.of(), node));
    return lines;
  }

  /** Whether there is nothing but comments. */
  boolean isEmpty() {
    return byPath.isEmpty();
  }

  /** The line, counted from 1; that of the nearest parent when the value is missing, 0 if none. */
  int of(List<String> path) {
    Integer line = byPath.get(path);
    if (line != null) {
      return line;
    }
    return path.isEmpty() ? 0 : of(path.subList(0, path.size() - 1));
  }

  private void add(List<String> path, Node node) {
    node.getStartMark().ifPresent(mark -> byPath.put(path, mark.getLine() + 1));
    if (node instanceof MappingNode mapping) {
      for (NodeTuple tuple : mapping.getValue()) {
        if (tuple.getKeyNode() instanceof ScalarNode key) {
          add(append(path, key.getValue()), tuple.getValueNode());
          key.getStartMark()
              .ifPresent(mark -> byPath.put(append(path, key.getValue()), mark.getLine() + 1));
        }
      }
    } else if (node instanceof SequenceNode sequence) {
      for (int i = 0; i < sequence.getValue().size(); i++) {
        add(append(path, Integer.toString(i)), sequence.getValue().get(i));
      }
    }
  }

  private static List<String> append(List<String> path, String step) {
    return Stream.concat(path.stream(), Stream.of(step)).toList();
  }
}
