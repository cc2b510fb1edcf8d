package io.echopilot.fleet.process;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/**
 * What a process of a fleet bears among its arguments, so that a later run finds it and stops it as
 * it should be.
 *
 * @param home the fleet's folder
 * @param stop the signal that asks it to stop
 */
public record Mark(Path home, Stage stage, Signal stop) {
  private static final String HOME = "echopilot.fleet.home=";
  private static final String STAGE = "echopilot.fleet.stage=";
  private static final String STOP = "echopilot.fleet.stop=";

  /** As system properties of a JVM. */
  public List<String> forJvm() {
    return arguments("-D");
  }

  /** As settings of a PostgreSQL server, which takes any name with a dot in it. */
  public List<String> forPostgres() {
    return arguments("--");
  }

  private List<String> arguments(String prefix) {
    return List.of(prefix + HOME + home, prefix + STAGE + stage, prefix + STOP + stop);
  }

  /** Empty when a process with these arguments belongs to no fleet in this folder. */
  static Optional<Mark> of(List<String> arguments, Path home) {
    if (value(arguments, HOME).stream().noneMatch(home.toString()::equals)) {
      return Optional.empty();
    }
    // The launcher bears the home alone.
    return Optional.of(
        new Mark(
            home,
            constant(Stage.values(), arguments, STAGE).orElse(Stage.SERVICE),
            constant(Signal.values(), arguments, STOP).orElse(Signal.TERM)));
  }

  private static <E extends Enum<E>> Optional<E> constant(
      E[] all, List<String> arguments, String name) {
    return value(arguments, name).stream()
        .flatMap(value -> Arrays.stream(all).filter(each -> each.name().equals(value)))
        .findFirst();
  }

  private static List<String> value(List<String> arguments, String name) {
    List<String> values = new ArrayList<>();
    for (String prefix : List.of("-D", "--")) {
      arguments.stream()
          .filter(argument -> argument.startsWith(prefix + name))
          .map(argument -> argument.substring(prefix.length() + name.length()))
          .forEach(values::add);
    }
    return values;
  }
}
