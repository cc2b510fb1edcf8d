package io.echopilot.fleet;

import java.util.Arrays;
import java.util.stream.Collectors;

/** What the scripts say of themselves. */
final class Usage {
  private Usage() {}

  static String up() {
    return """
    %s

    Starts EchoPilot DR on this machine and waits until it is ready. Stays and prints one line
    per event until Ctrl-C, which stops everything.

      --detach       return when it is ready; deploy/down stops it
      --locations N  probe from N locations, each a prober of its own (1 to %d)

    All of it stands in .fleet: logs, data, configuration, credentials.properties. These
    variables change the ports:

    %s\
    """
        .formatted(
            Order.UP,
            Ports.MOST,
            Arrays.stream(Port.values())
                .map(port ->
                    "  %-31s %-6d %s\n".formatted(port.variable(), port.standard(), port.purpose()))
                .collect(Collectors.joining()));
  }

  static String down() {
    return """
    %s

    Stops the fleet.

      --wipe  also delete its data and logs; configuration and credentials stay
    """
        .formatted(Order.DOWN);
  }

  static String demo() {
    return """
    %s

    Breaks a demo site, or heals it. "references" in place of a site is the probers' network.

      --refuse  nobody listens any more (this is what happens without an option)
      --slow    accepts, and answers after 30 s
      --500     answers at once that it failed
    """
        .formatted(Order.DEMO);
  }
}
