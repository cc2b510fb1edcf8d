package io.echopilot.fleet;

import io.echopilot.fleet.process.AotCache;
import io.echopilot.fleet.process.JvmOptions;
import io.echopilot.fleet.process.ProcessPlan;
import io.echopilot.fleet.process.ServiceImage;
import io.echopilot.fleet.process.Stage;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.IntStream;

/** A service of ours: a Spring Boot jar that reads its settings from a file. */
final class ServiceMember implements Member {
  private final FleetOptions options;
  private final String kind;
  private final Part part;
  private final Port port;
  private final List<Integer> ports;
  private final String page;
  private final ServiceSettings settings;

  /**
   * A service.
   *
   * @param kind its module's name
   * @param port what its first process listens on
   * @param ports of its processes, one each
   * @param page the path that a person may want to look at
   */
  ServiceMember(
      FleetOptions options,
      String kind,
      Part part,
      Port port,
      List<Integer> ports,
      String page,
      ServiceSettings settings) {
    this.options = options;
    this.kind = kind;
    this.part = part;
    this.port = port;
    this.ports = ports;
    this.page = page;
    this.settings = settings;
  }

  @Override
  public Part part() {
    return part;
  }

  @Override
  public List<Instance> instances() {
    return IntStream.rangeClosed(1, ports.size())
        .mapToObj(number ->
            new Instance(name(kind, number), Map.of(port, port(number)), () -> plan(number)))
        .toList();
  }

  @Override
  public Optional<AotCache> cache() {
    return Optional.of(image().cache());
  }

  @Override
  public Map<String, String> addresses() {
    Map<String, String> addresses = new LinkedHashMap<>();
    for (int number = 1; number <= ports.size(); number++) {
      addresses.put(name(kind, number), "http://localhost:" + port(number) + page);
    }
    return addresses;
  }

  /** The first of a kind has no number. */
  static String name(String kind, int number) {
    return number == 1 ? kind : kind + "-" + number;
  }

  private ProcessPlan plan(int number) {
    String name = name(kind, number);
    ServiceImage image = image();
    Map<String, String> all = new LinkedHashMap<>();
    all.put("server.port", Integer.toString(port(number)));
    all.put("server.address", "127.0.0.1");
    all.put("spring.kafka.bootstrap-servers", options.ports().bootstrapServers());
    all.put("spring.kafka.consumer.properties.session.timeout.ms", "3000");
    all.putAll(settings.of(name, number));
    Path file = new FleetFiles(options).properties(name, kind, all);
    return new JvmPlan(options)
        .of(
            name,
            Stage.SERVICE,
            JvmOptions.service(),
            image.cache(),
            List.of(
                "-jar", image.jar().toString(), "--spring.config.additional-location=file:" + file),
            JvmPlan.http(port(number), "/actuator/health/readiness", "\"status\":\"UP\""));
  }

  private int port(int number) {
    return ports.get(number - 1);
  }

  private ServiceImage image() {
    return Build.current().service(kind);
  }
}
