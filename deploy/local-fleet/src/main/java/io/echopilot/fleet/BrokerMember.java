package io.echopilot.fleet;

import io.echopilot.fleet.broker.BrokerSettings;
import io.echopilot.fleet.process.AotCache;
import io.echopilot.fleet.process.JvmOptions;
import io.echopilot.fleet.process.ProcessPlan;
import io.echopilot.fleet.process.ReadyCheck;
import io.echopilot.fleet.process.Stage;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The Kafka broker. */
final class BrokerMember implements Member {
  static final String NAME = "kafka";

  private final FleetOptions options;
  private final int port;
  private final int controllerPort;

  BrokerMember(FleetOptions options) {
    this.options = options;
    this.port = options.ports().of(Port.KAFKA);
    this.controllerPort = options.ports().of(Port.KAFKA_CONTROLLER);
  }

  @Override
  public Part part() {
    return Part.BROKER;
  }

  @Override
  public List<Instance> instances() {
    return List.of(
        new Instance(
            NAME, Map.of(Port.KAFKA, port, Port.KAFKA_CONTROLLER, controllerPort), this::plan));
  }

  @Override
  public Optional<AotCache> cache() {
    return Optional.of(Build.current().program("broker"));
  }

  @Override
  public Map<String, String> addresses() {
    return Map.of("Kafka", options.ports().bootstrapServers());
  }

  private ProcessPlan plan() {
    Path settings =
        new FleetFiles(options)
            .properties(
                NAME,
                NAME,
                BrokerSettings.of(port, controllerPort, options.home().data().resolve("kafka")));
    Build build = Build.current();
    return new JvmPlan(options)
        .of(
            NAME,
            Stage.STORE,
            JvmOptions.broker(),
            build.program("broker"),
            List.of(
                "-cp",
                build.classPathArgument(),
                "io.echopilot.fleet.broker.BrokerMain",
                settings.toString()),
            new ReadyCheck.Kafka(port));
  }
}
