package io.echopilot.fleet;

import io.echopilot.events.EventJson;
import io.echopilot.events.ServiceId;
import io.echopilot.events.SiteId;
import io.echopilot.fleet.demo.DemoConfig;
import io.echopilot.fleet.demo.DemoConfig.EdgeService;
import io.echopilot.fleet.inbox.InboxConfig;
import io.echopilot.fleet.process.AotCache;
import io.echopilot.fleet.process.JvmOptions;
import io.echopilot.fleet.process.ProcessPlan;
import io.echopilot.fleet.process.Stage;
import java.net.URI;
import java.nio.file.Path;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Sites, references, edge and inbox, all in one process. */
final class DemoMember implements Member {
  static final String NAME = "demo";

  private static final SiteId PRIMARY = new SiteId("primary");
  private static final SiteId FALLBACK = new SiteId("fallback");

  private final FleetOptions options;
  private final FleetHome home;
  private final Ports ports;

  DemoMember(FleetOptions options) {
    this.options = options;
    this.home = options.home();
    this.ports = options.ports();
  }

  @Override
  public Part part() {
    return Part.DEMO;
  }

  @Override
  public List<Instance> instances() {
    Map<Port, Integer> needed =
        Stream.of(
                Port.EDGE,
                Port.PRIMARY,
                Port.FALLBACK,
                Port.INBOX,
                Port.REFERENCES,
                Port.EDGE_CONTROL)
            .collect(
                Collectors.toMap(
                    port -> port, ports::of, Integer::sum, () -> new EnumMap<>(Port.class)));
    return List.of(new Instance(NAME, needed, this::plan));
  }

  @Override
  public Optional<AotCache> cache() {
    return Optional.of(Build.current().program("demo"));
  }

  @Override
  public Map<String, String> addresses() {
    Map<String, String> addresses = new LinkedHashMap<>();
    addresses.put("users come in at", ports.shown(Port.EDGE) + "/health");
    addresses.put(
        "demo sites",
        "primary %s, fallback %s".formatted(ports.shown(Port.PRIMARY), ports.shown(Port.FALLBACK)));
    addresses.put("alerts", ports.shown(Port.INBOX));
    return addresses;
  }

  private ProcessPlan plan() {
    Build build = Build.current();
    return new JvmPlan(options)
        .of(
            NAME,
            Stage.WORLD,
            JvmOptions.demo(),
            build.program("demo"),
            List.of(
                "-cp",
                build.classPathArgument(),
                "io.echopilot.fleet.demo.DemoMain",
                demo().toString(),
                inbox().toString()),
            JvmPlan.http(ports.of(Port.EDGE_CONTROL), "/demo/sites", "references"));
  }

  private Path demo() {
    Map<SiteId, URI> sites = new LinkedHashMap<>();
    sites.put(PRIMARY, ports.local(Port.PRIMARY));
    sites.put(FALLBACK, ports.local(Port.FALLBACK));
    Map<ServiceId, EdgeService> services = new LinkedHashMap<>(options.edgeServices());
    services.put(new ServiceId("demo"), new EdgeService(ports.of(Port.EDGE), sites));
    Map<SiteId, Integer> sitePorts = new LinkedHashMap<>();
    sitePorts.put(PRIMARY, ports.of(Port.PRIMARY));
    sitePorts.put(FALLBACK, ports.of(Port.FALLBACK));
    DemoConfig config =
        new DemoConfig(
            home.data(),
            ports.of(Port.EDGE_CONTROL),
            ports.of(Port.REFERENCES),
            sitePorts,
            services,
            Map.of("k1", Secrets.edgeKey(home)));
    return FleetFiles.write(file(home), EventJson.mapper().writeValueAsString(config));
  }

  private Path inbox() {
    InboxConfig config =
        new InboxConfig(
            ports.of(Port.INBOX),
            home.data().resolve("inbox.json"),
            Secrets.telegramToken(home),
            Secrets.slackToken(home));
    return FleetFiles.write(
        home.config().resolve("inbox.json"), EventJson.mapper().writeValueAsString(config));
  }

  /** What the demo of this home was last told. */
  static Path file(FleetHome home) {
    return home.config().resolve("demo.json");
  }
}
