package io.echopilot.fleet.process;

import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** A process of the fleet: what a test may do to it, and how it fares. */
public final class FleetProcess {
  private final ProcessPlan plan;
  private volatile Process process;

  private FleetProcess(ProcessPlan plan) {
    this.plan = plan;
    this.process = launch();
  }

  /** Does not wait until it is ready. */
  public static FleetProcess start(ProcessPlan plan) {
    return new FleetProcess(plan);
  }

  public String name() {
    return plan.name();
  }

  public long pid() {
    return process.pid();
  }

  public Path log() {
    return plan.log();
  }

  /** When it starts and stops. */
  public Stage stage() {
    return plan.mark().stage();
  }

  public boolean isAlive() {
    return process.isAlive();
  }

  public boolean isReady() {
    return isAlive() && plan.ready().isReady();
  }

  /**
   * Sends the signal and returns at once; after {@link Signal#KILL} the process is dead at return.
   * Its children stand still with it.
   */
  public void kill(Signal signal) {
    List<ProcessHandle> children = process.descendants().toList();
    switch (signal) {
      case KILL -> {
        process.destroyForcibly().onExit().join();
        // Those that stood still must see that it died.
        children.forEach(Signal.CONT::send);
      }
      case STOP, CONT -> {
        signal.send(process.toHandle());
        children.forEach(signal::send);
      }
      case TERM, INT -> signal.send(process.toHandle());
    }
  }

  /** Stops it the hard way if need be and starts it with the same plan; does not wait. */
  public void restart() {
    stop(Duration.ofSeconds(10));
    process = launch();
  }

  /** Asks it to stop and kills it when it hasn't within the time. */
  public void stop(Duration patience) {
    plan.mark().stop().send(process.toHandle());
    Stopping.await(List.of(process.toHandle()), patience);
  }

  /**
   * Waits until it is ready.
   *
   * @throws StartFailure when it dies first, or the time is over
   */
  public void awaitReady(Duration patience) {
    awaitReady(List.of(this), patience);
  }

  /**
   * Waits for all together.
   *
   * @throws StartFailure when one dies first, or the time is over
   */
  public static void awaitReady(List<FleetProcess> processes, Duration patience) {
    long deadline = System.nanoTime() + patience.toNanos();
    List<FleetProcess> pending = new ArrayList<>(processes);
    while (!pending.isEmpty()) {
      for (FleetProcess each : processes) {
        if (!each.isAlive()) {
          throw StartFailure.died(each.name(), each.process.exitValue(), each.log());
        }
      }
      pending.removeIf(FleetProcess::isReady);
      if (!pending.isEmpty()) {
        if (System.nanoTime() > deadline) {
          FleetProcess late = pending.getFirst();
          throw StartFailure.late(late.name(), patience, late.log());
        }
        pending.getFirst().pause();
      }
    }
  }

  private void pause() {
    try {
      process.waitFor(30, TimeUnit.MILLISECONDS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException("interrupted while " + name() + " was starting", e);
    }
  }

  private Process launch() {
    plan.before().run();
    try {
      Process started =
          new ProcessBuilder(inSessionOfItsOwn(plan.command()))
              .directory(plan.mark().home().toFile())
              .redirectInput(new File("/dev/null"))
              .redirectErrorStream(true)
              .redirectOutput(ProcessBuilder.Redirect.appendTo(plan.log().toFile()))
              .start();
      Files.writeString(plan.pidFile(), started.pid() + "\n");
      return started;
    } catch (IOException e) {
      throw new UncheckedIOException(name() + " can't be started", e);
    }
  }

  /** A Ctrl-C or a closed terminal is for the launcher, which then stops things in their order. */
  private static List<String> inSessionOfItsOwn(List<String> command) {
    Path setsid = Path.of("/usr/bin/setsid");
    if (!Files.isExecutable(setsid)) {
      return command;
    }
    List<String> prefixed = new ArrayList<>(command);
    prefixed.addFirst(setsid.toString());
    return prefixed;
  }
}
