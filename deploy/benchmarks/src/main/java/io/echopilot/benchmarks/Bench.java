package io.echopilot.benchmarks;

import io.echopilot.fleet.LocalFleet;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Behind {@code deploy/bench}. */
public final class Bench {
  private Bench() {}

  /** One benchmark. */
  interface Benchmark {
    Report run(Path home, Options options) throws Exception;
  }

  /**
   * What a person may choose.
   *
   * @param rounds of what is repeated
   * @param minutes of what is watched
   * @param paths to read or write, by option
   */
  record Options(int rounds, int minutes, Map<String, Path> paths) {
    static Options of(List<String> arguments) {
      return new Options(
          number(arguments, "--rounds", 40), number(arguments, "--minutes", 5), paths(arguments));
    }

    Optional<Path> path(String option) {
      return Optional.ofNullable(paths.get(option));
    }

    private static Map<String, Path> paths(List<String> arguments) {
      Map<String, Path> paths = new HashMap<>();
      for (String option : List.of("--data", "--scores")) {
        int at = arguments.indexOf(option);
        if (at >= 0) {
          paths.put(option, Path.of(arguments.get(at + 1)));
        }
      }
      return paths;
    }

    private static int number(List<String> arguments, String name, int otherwise) {
      int at = arguments.indexOf(name);
      return at < 0 ? otherwise : Integer.parseInt(arguments.get(at + 1));
    }
  }

  private record Entry(String summary, Benchmark benchmark) {}

  private static final Map<String, Entry> ALL = new LinkedHashMap<>();

  static {
    ALL.put(
        "decision-latency",
        new Entry(
            "probe result to failover event, beside a bare and a transactional Kafka loop; and a burst of 1,000 failovers",
            new DecisionLatency()));
    ALL.put(
        "outage-to-switch",
        new Entry(
            "outage to the fallback's first answer, beside HAProxy watching the same site",
            new OutageToSwitch()));
    ALL.put(
        "outage-to-message",
        new Entry("outage to the message on both channels", new OutageToMessage()));
    ALL.put(
        "guards",
        new Entry(
            "probe results that the guards take in, beside a consumer that only parses them",
            new Guards()));
    ALL.put(
        "anomaly",
        new Entry(
            "the anomaly detector on labelled series (--data) by the Numenta Anomaly Benchmark's score",
            new AnomalyScore()));
    ALL.put(
        "probing",
        new Entry(
            "10,000 HTTP probes in 10 s, beside blackbox_exporter at the same rate",
            new Probing()));
    ALL.put("footprint", new Entry("memory and start-up of each service", new Footprint()));
  }

  /** The folder to work in, then the benchmark's name and its options. */
  public static void main(String[] args) throws Exception {
    Path home = Path.of(args[0]);
    Entry entry = args.length < 2 ? null : ALL.get(args[1]);
    if (entry == null) {
      ALL.forEach((name, each) -> System.out.printf("%-18s %s%n", name, each.summary()));
      System.exit(args.length < 2 ? 0 : 2);
    } else {
      LocalFleet.prepare(() -> System.out.println("Preparing this build to start fast …"));
      Options options = Options.of(Arrays.asList(args).subList(2, args.length));
      System.out.println(entry.benchmark().run(home, options).json(args[1]));
      System.exit(0);
    }
  }
}
