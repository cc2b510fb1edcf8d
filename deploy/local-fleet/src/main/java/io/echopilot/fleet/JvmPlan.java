package io.echopilot.fleet;

import io.echopilot.fleet.process.AotCache;
import io.echopilot.fleet.process.JvmOptions;
import io.echopilot.fleet.process.Mark;
import io.echopilot.fleet.process.ProcessPlan;
import io.echopilot.fleet.process.ReadyCheck;
import io.echopilot.fleet.process.Signal;
import io.echopilot.fleet.process.Stage;
import java.net.URI;
import java.util.ArrayList;
import java.util.List;

/** How a process that is a JVM is started. */
final class JvmPlan {
  private final FleetOptions options;

  JvmPlan(FleetOptions options) {
    this.options = options;
  }

  /**
   * The plan.
   *
   * @param program what follows the JVM's own options
   */
  ProcessPlan of(
      String name,
      Stage stage,
      List<String> jvm,
      AotCache cache,
      List<String> program,
      ReadyCheck ready) {
    FleetHome home = options.home();
    Mark mark = new Mark(home.folder(), stage, Signal.TERM);
    List<String> command = new ArrayList<>(List.of(JvmOptions.java()));
    command.addAll(mark.forJvm());
    command.addAll(jvm);
    command.addAll(options.training() ? cache.train() : cache.use());
    command.addAll(program);
    return new ProcessPlan(
        name, mark, command, home.log(name), home.pidFile(name), ready, () -> {});
  }

  static ReadyCheck http(int port, String path, String says) {
    return new ReadyCheck.Http(URI.create("http://127.0.0.1:" + port + path), says);
  }
}
