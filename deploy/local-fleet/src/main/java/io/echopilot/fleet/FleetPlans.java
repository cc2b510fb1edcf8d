package io.echopilot.fleet;

import io.echopilot.fleet.process.AotCache;
import io.echopilot.fleet.process.JvmOptions;
import io.echopilot.fleet.process.OwnProcesses;
import io.echopilot.fleet.process.ProcessPlan;
import io.echopilot.fleet.process.ReadyCheck;
import io.echopilot.fleet.process.ServiceImage;
import java.net.URI;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** How each process of the fleet is started. */
final class FleetPlans {
  private final FleetOptions options;
  private final FleetFiles files;
  private final Build build;

  FleetPlans(FleetOptions options, FleetFiles files, Build build) {
    this.options = options;
    this.files = files;
    this.build = build;
  }

  ProcessPlan broker() {
    return plan(
        "kafka",
        JvmOptions.broker(),
        build.broker(),
        List.of(
            "-cp",
            build.classPathArgument(),
            "io.echopilot.fleet.broker.BrokerMain",
            files.broker().toString()),
        new ReadyCheck.Kafka(options.ports().of(Port.KAFKA)));
  }

  ProcessPlan demo() {
    return plan(
        "demo",
        JvmOptions.demo(),
        build.demo(),
        List.of(
            "-cp",
            build.classPathArgument(),
            "io.echopilot.fleet.demo.DemoMain",
            files.demo().toString(),
            files.inbox().toString()),
        http(options.ports().of(Port.EDGE_CONTROL), "/demo/sites", "references"));
  }

  ProcessPlan failover(int replica) {
    String name = name("failover-service", replica);
    return service(
        name,
        build.failoverService(),
        files.failover(name, replica),
        options.ports().failover(replica));
  }

  ProcessPlan prober(int location) {
    String name = name("prober-service", location);
    return service(
        name,
        build.proberService(),
        files.prober(name, location),
        options.ports().prober(location));
  }

  ProcessPlan alert() {
    return service(
        "alert-service",
        build.alertService(),
        files.alert("alert-service"),
        options.ports().of(Port.ALERT));
  }

  private ProcessPlan service(String name, ServiceImage image, Path settings, int port) {
    return plan(
        name,
        JvmOptions.service(),
        image.cache(),
        List.of(
            "-jar", image.jar().toString(), "--spring.config.additional-location=file:" + settings),
        http(port, "/actuator/health/readiness", "\"status\":\"UP\""));
  }

  private ProcessPlan plan(
      String name, List<String> jvm, AotCache cache, List<String> program, ReadyCheck ready) {
    FleetHome home = options.home();
    List<String> command = new ArrayList<>(List.of(JvmOptions.java()));
    command.add(OwnProcesses.mark(home.folder()));
    command.addAll(jvm);
    command.addAll(options.training() ? cache.train() : cache.use());
    command.addAll(program);
    return new ProcessPlan(
        name,
        command,
        home.folder(),
        home.logs().resolve(name + ".log"),
        home.run().resolve(name + ".pid"),
        ready);
  }

  private static ReadyCheck http(int port, String path, String says) {
    return new ReadyCheck.Http(URI.create("http://127.0.0.1:" + port + path), says);
  }

  static String name(String kind, int number) {
    return number == 1 ? kind : kind + "-" + number;
  }
}
