package io.echopilot.fleet;

import io.echopilot.fleet.process.Folders;
import io.echopilot.fleet.process.OwnProcesses;
import io.echopilot.fleet.process.StartFailure;
import io.echopilot.fleet.watch.EventLines;
import io.echopilot.fleet.watch.EventWatch;
import java.io.PrintStream;
import java.nio.file.Path;
import java.time.Duration;
import java.time.ZoneId;
import java.util.List;

/** Behind the scripts {@code deploy/up}, {@code deploy/down} and {@code deploy/demo}. */
public final class FleetMain {
  private static final int FAILED = 1;
  private static final int MISUSED = 2;

  private final FleetHome home;
  private final PrintStream out;
  private final PrintStream err;
  private final Thread stop = new Thread(this::stopAll, "stop");

  private FleetMain(FleetHome home, PrintStream out, PrintStream err) {
    this.home = home;
    this.out = out;
    this.err = err;
  }

  /** The fleet's home, then the script's name and its arguments. */
  public static void main(String[] args) {
    FleetHome home = new FleetHome(Path.of(args[0]));
    List<String> arguments = List.of(args).subList(1, args.length);
    System.exit(new FleetMain(home, System.out, System.err).carryOut(Order.parse(arguments)));
  }

  private int carryOut(Order order) {
    try {
      return switch (order) {
        case Order.Up up -> up(up);
        case Order.Down(boolean wipe) -> down(wipe);
        case Order.SetMode(String site, String mode) -> setMode(site, mode);
        case Order.Help(String text) -> help(text);
        case Order.Wrong(String reason, String usage) -> wrong(reason, usage);
      };
    } catch (StartFailure | IllegalArgumentException e) {
      err.println(e.getMessage());
      return FAILED;
    }
  }

  private int up(Order.Up order) {
    FleetOptions options =
        FleetOptions.in(home.folder(), Ports.standard(System.getenv()))
            .withLocations(order.locations());
    // Held for as long as this process answers for the fleet: who stops at Ctrl-C must not stop
    // what another started meanwhile.
    try (StartLock _ = StartLock.of(home)) {
      // Not before the lock is held: who is refused must not stop the one that is starting.
      Runtime.getRuntime().addShutdownHook(stop);
      LocalFleet fleet = start(options);
      if (order.detach()) {
        Runtime.getRuntime().removeShutdownHook(stop);
        out.println("Stop     deploy/down");
      } else {
        watch(fleet);
      }
    }
    return 0;
  }

  private LocalFleet start(FleetOptions options) {
    int stopped = stopAll();
    if (stopped > 0) {
      out.printf("Stopped %d processes of an earlier start.%n", stopped);
    }
    LocalFleet.prepare(() ->
        out.println(
            "First start of this build: preparing it to start fast (half a minute, once) …"));
    long start = System.nanoTime();
    LocalFleet fleet = LocalFleet.start(options);
    out.print(Summary.of(options, Duration.ofNanos(System.nanoTime() - start)));
    return fleet;
  }

  /** Also what a first start, killed in its middle, left. */
  private int stopAll() {
    int stopped =
        OwnProcesses.stopAll(home.folder()) + OwnProcesses.stopAll(Build.current().trainingHome());
    Folders.delete(home.run());
    return stopped;
  }

  private void watch(LocalFleet fleet) {
    out.println("Stop     Ctrl-C\n");
    try (EventWatch watch =
        new EventWatch(
            fleet.ports().bootstrapServers(),
            new EventLines(ZoneId.systemDefault()),
            out::println)) {
      watch.runWhile(fleet.broker()::isAlive);
    }
    out.println("The broker has ended, and with it the fleet.");
  }

  private int down(boolean wipe) {
    int stopped = stopAll();
    out.println(stopped == 0 ? "Nothing was running." : "Stopped %d processes.".formatted(stopped));
    if (wipe) {
      home.wipe();
      out.println("Data and logs are deleted.");
    }
    return 0;
  }

  private int setMode(String site, String mode) {
    DemoControl.of(home).mode(site, mode);
    out.printf("%s: %s%n", site, mode);
    return 0;
  }

  private int help(String text) {
    out.print(text);
    return 0;
  }

  private int wrong(String reason, String usage) {
    err.printf("%s%nusage: %s%n", reason, usage);
    return MISUSED;
  }
}
