package io.echopilot.fleet;

import io.echopilot.fleet.process.FleetProcess;
import io.echopilot.fleet.process.Folders;
import io.echopilot.fleet.process.OwnProcesses;
import io.echopilot.fleet.process.PortHolder;
import io.echopilot.fleet.process.ProcessPlan;
import io.echopilot.fleet.process.Stage;
import io.echopilot.fleet.process.StartFailure;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * A running fleet. Its processes outlive this object unless it is stopped, and are found again by
 * the next start in the same home.
 */
public final class LocalFleet implements AutoCloseable {
  private static final Duration PATIENCE = Duration.ofMinutes(3);
  private static final Duration GRACE = Duration.ofSeconds(10);

  private final FleetOptions options;
  private final Map<String, FleetProcess> processes = new LinkedHashMap<>();

  private LocalFleet(FleetOptions options) {
    this.options = options;
  }

  /**
   * Stops what an earlier run in the same home left, starts everything and waits until it is ready.
   *
   * @throws StartFailure naming what is missing, taken or dead; nothing is left running then
   */
  public static LocalFleet start(FleetOptions options) {
    FleetHome home = options.home().create();
    OwnProcesses.stopAll(home.folder());
    Folders.delete(home.run());
    home.create();
    refuseTakenPorts(options);
    Secrets.drawMissing(home);
    LocalFleet fleet = new LocalFleet(options);
    try {
      fleet.launch();
      return fleet;
    } catch (RuntimeException e) {
      fleet.stop();
      throw e;
    }
  }

  /** Like {@link #start}, after all that an earlier fleet left in the folder is gone. */
  public static LocalFleet startAfresh(FleetOptions options) {
    OwnProcesses.stopAll(options.home().folder());
    options.home().wipe();
    return start(options);
  }

  /**
   * Makes this build start fast, once.
   *
   * @param notice called before that takes its half a minute
   */
  public static void prepare(Runnable notice) {
    Training training = new Training(Build.current());
    if (training.isDue()) {
      notice.run();
      training.run();
    }
  }

  private void launch() {
    // Planned before anything runs: what isn't built is said at once.
    List<ProcessPlan> plans = instances(options).map(instance -> instance.plan().get()).toList();
    plans.stream().filter(plan -> plan.mark().stage() != Stage.SERVICE).forEach(this::start);
    FleetProcess.awaitReady(processes(), PATIENCE);
    plans.stream().filter(plan -> plan.mark().stage() == Stage.SERVICE).forEach(this::start);
    FleetProcess.awaitReady(processes(), PATIENCE);
  }

  public FleetHome home() {
    return options.home();
  }

  public Ports ports() {
    return options.ports();
  }

  /** In the order of their start. */
  public List<FleetProcess> processes() {
    return List.copyOf(processes.values());
  }

  public FleetProcess broker() {
    return process(BrokerMember.NAME);
  }

  public FleetProcess demo() {
    return process(DemoMember.NAME);
  }

  public FleetProcess postgres() {
    return process(PostgresMember.NAME);
  }

  /** A replica of failover-service, counted from 1. */
  public FleetProcess failover(int replica) {
    return process(ServiceMember.name("failover-service", replica));
  }

  /** The prober of the location {@code local-…}, counted from 1. */
  public FleetProcess prober(int location) {
    return process(ServiceMember.name("prober-service", location));
  }

  public FleetProcess alert() {
    return process("alert-service");
  }

  public FleetProcess backup() {
    return process("backup-service");
  }

  public FleetProcess dashboard() {
    return process("dashboard-service");
  }

  /** Stops everything, what others need last: sites that go first would be reported. */
  public void stop() {
    stop(GRACE);
  }

  /** Kills what has not stopped within the time. */
  void stop(Duration patience) {
    OwnProcesses.stopAll(home().folder(), patience);
    Folders.delete(home().run());
  }

  @Override
  public void close() {
    stop();
  }

  private FleetProcess process(String name) {
    FleetProcess process = processes.get(name);
    if (process == null) {
      throw new IllegalArgumentException(
          "this fleet runs %s, but no %s".formatted(processes.keySet(), name));
    }
    return process;
  }

  private void start(ProcessPlan plan) {
    processes.put(plan.name(), FleetProcess.start(plan));
  }

  private static Stream<Member.Instance> instances(FleetOptions options) {
    return Members.chosen(options).stream().flatMap(member -> member.instances().stream());
  }

  private static void refuseTakenPorts(FleetOptions options) {
    String taken =
        needed(options).entrySet().stream()
            .filter(needed -> !FreePorts.isFree(needed.getKey()))
            .map(needed ->
                "port %d (%s) is taken by %s"
                    .formatted(
                        needed.getKey(),
                        needed.getValue(),
                        PortHolder.of(needed.getKey()).orElse("somebody unknown")))
            .collect(Collectors.joining("\n"));
    if (!taken.isEmpty()) {
      throw new StartFailure(
          taken + "\nStop that, or choose other ports: deploy/up --help lists the variables.");
    }
  }

  private static Map<Integer, String> needed(FleetOptions options) {
    Map<Integer, String> needed = new LinkedHashMap<>();
    instances(options)
        .forEach(
            instance -> instance.ports().forEach((port, number) -> need(needed, number, port)));
    return needed;
  }

  private static void need(Map<Integer, String> needed, int number, Port port) {
    String other = needed.putIfAbsent(number, port.variable());
    if (other != null) {
      throw new StartFailure(
          "port %d is given to both %s and %s: choose another for one of them"
              .formatted(number, other, port.variable()));
    }
  }
}
