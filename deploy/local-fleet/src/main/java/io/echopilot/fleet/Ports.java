package io.echopilot.fleet;

import static java.util.Objects.requireNonNull;

import java.net.URI;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;

/**
 * Which port everything listens on.
 *
 * @param probers of the locations, in order
 * @param failovers of the replicas of failover-service, in order
 */
public record Ports(Map<Port, Integer> named, List<Integer> probers, List<Integer> failovers) {
  /** How many locations, and how many replicas, a fleet can have. */
  public static final int MOST = 9;

  /** The documented ports, save those that a variable of the environment changes. */
  public static Ports standard(Map<String, String> environment) {
    Map<Port, Integer> named = new EnumMap<>(Port.class);
    for (Port port : Port.values()) {
      named.put(port, number(port, environment));
    }
    return new Ports(
        named,
        series(requireNonNull(named.get(Port.PROBER)), 100),
        series(requireNonNull(named.get(Port.FAILOVER)), 200));
  }

  /** Ports that nobody listens on, for a fleet beside others. */
  public static Ports free() {
    FreePorts free = new FreePorts();
    Map<Port, Integer> named = new EnumMap<>(Port.class);
    Arrays.stream(Port.values()).forEach(port -> named.put(port, free.next()));
    return new Ports(named, drawn(free, named, Port.PROBER), drawn(free, named, Port.FAILOVER));
  }

  public int of(Port port) {
    return requireNonNull(named.get(port));
  }

  /** Of the location's prober, counted from 1. */
  public int prober(int location) {
    return probers.get(location - 1);
  }

  /** Of the replica, counted from 1. */
  public int failover(int replica) {
    return failovers.get(replica - 1);
  }

  public String bootstrapServers() {
    return "127.0.0.1:" + of(Port.KAFKA);
  }

  /** Where processes of this machine find it. */
  URI local(Port port) {
    return URI.create("http://127.0.0.1:" + of(port));
  }

  /** The same for people. */
  String shown(Port port) {
    return "http://localhost:" + of(port);
  }

  private static int number(Port port, Map<String, String> environment) {
    String text = environment.get(port.variable());
    if (text == null || text.isBlank()) {
      return port.standard();
    }
    try {
      int number = Integer.parseInt(text.strip());
      if (number >= 1 && number <= 65_535) {
        return number;
      }
    } catch (NumberFormatException _) {
      // Said below, as for a number out of range.
    }
    throw new IllegalArgumentException(
        "%s must be a port from 1 to 65535, but is %s".formatted(port.variable(), text));
  }

  private static List<Integer> series(int first, int step) {
    return IntStream.range(0, MOST).mapToObj(i -> i == 0 ? first : first + step + i - 1).toList();
  }

  private static List<Integer> drawn(FreePorts free, Map<Port, Integer> named, Port first) {
    return IntStream.range(0, MOST)
        .mapToObj(i -> i == 0 ? requireNonNull(named.get(first)) : Integer.valueOf(free.next()))
        .toList();
  }
}
