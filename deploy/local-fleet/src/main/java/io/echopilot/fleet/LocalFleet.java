package io.echopilot.fleet;

import io.echopilot.fleet.process.FleetProcess;
import io.echopilot.fleet.process.Folders;
import io.echopilot.fleet.process.OwnProcesses;
import io.echopilot.fleet.process.PortHolder;
import io.echopilot.fleet.process.ProcessPlan;
import io.echopilot.fleet.process.StartFailure;
import io.echopilot.fleet.process.Stopping;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/**
 * A running fleet. Its processes outlive this object unless it is stopped, and are found again by
 * the next start in the same home.
 */
public final class LocalFleet implements AutoCloseable {
  private static final Duration PATIENCE = Duration.ofSeconds(60);
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
    FleetFiles files = new FleetFiles(options);
    FleetPlans plans = new FleetPlans(options, files, Build.current());
    files.services();
    // Planned before anything runs: what isn't built is said at once.
    List<ProcessPlan> services = new ArrayList<>();
    if (options.runs(Part.FAILOVER_SERVICE)) {
      each(options.failoverReplicas()).mapToObj(plans::failover).forEach(services::add);
    }
    if (options.runs(Part.PROBER_SERVICE)) {
      each(options.locations()).mapToObj(plans::prober).forEach(services::add);
    }
    if (options.runs(Part.ALERT_SERVICE)) {
      services.add(plans.alert());
    }
    if (options.runs(Part.BROKER)) {
      start(plans.broker());
    }
    if (options.runs(Part.DEMO)) {
      start(plans.demo());
    }
    FleetProcess.awaitReady(processes(), PATIENCE);
    services.forEach(this::start);
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
    return process("kafka");
  }

  public FleetProcess demo() {
    return process("demo");
  }

  /** A replica of failover-service, counted from 1. */
  public FleetProcess failover(int replica) {
    return process(FleetPlans.name("failover-service", replica));
  }

  /** The prober of the location {@code local-…}, counted from 1. */
  public FleetProcess prober(int location) {
    return process(FleetPlans.name("prober-service", location));
  }

  public FleetProcess alert() {
    return process("alert-service");
  }

  /** Stops everything, what others need last: sites that go first would be reported. */
  public void stop() {
    stop(GRACE);
  }

  /** Kills what has not stopped within the time. */
  void stop(Duration patience) {
    Stopping.stop(handles(name -> !List.of("demo", "kafka").contains(name)), patience);
    Stopping.stop(handles(name -> name.equals("demo")), patience);
    Stopping.stop(handles(name -> name.equals("kafka")), patience);
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

  private List<ProcessHandle> handles(Predicate<String> which) {
    return processes.values().stream()
        .filter(process -> which.test(process.name()))
        .flatMap(process -> ProcessHandle.of(process.pid()).stream())
        .toList();
  }

  private static IntStream each(int count) {
    return IntStream.rangeClosed(1, count);
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
    Ports ports = options.ports();
    Map<Integer, String> needed = new LinkedHashMap<>();
    if (options.runs(Part.BROKER)) {
      Stream.of(Port.KAFKA, Port.KAFKA_CONTROLLER)
          .forEach(port -> need(needed, ports.of(port), port));
    }
    if (options.runs(Part.DEMO)) {
      Stream.of(
              Port.EDGE,
              Port.PRIMARY,
              Port.FALLBACK,
              Port.INBOX,
              Port.REFERENCES,
              Port.EDGE_CONTROL)
          .forEach(port -> need(needed, ports.of(port), port));
    }
    if (options.runs(Part.FAILOVER_SERVICE)) {
      each(options.failoverReplicas())
          .forEach(number -> need(needed, ports.failover(number), Port.FAILOVER));
    }
    if (options.runs(Part.PROBER_SERVICE)) {
      each(options.locations()).forEach(number -> need(needed, ports.prober(number), Port.PROBER));
    }
    if (options.runs(Part.ALERT_SERVICE)) {
      need(needed, ports.of(Port.ALERT), Port.ALERT);
    }
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
