package io.echopilot.fleet;

import static io.echopilot.fleet.Part.BROKER;
import static io.echopilot.fleet.Part.DEMO;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.echopilot.fleet.process.FleetProcess;
import io.echopilot.fleet.process.OwnProcesses;
import io.echopilot.fleet.process.Signal;
import io.echopilot.fleet.process.StartFailure;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.Map;
import org.apache.kafka.clients.admin.Admin;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class LocalFleetTest {
  @TempDir private Path folder;

  @Test
  void brokerAndDemoAreReadyAndStopWithoutATrace() throws Exception {
    FleetOptions options = FleetOptions.in(folder, Ports.free()).withOnly(BROKER, DEMO);
    try (LocalFleet fleet = LocalFleet.start(options)) {
      assertThat(fleet.processes()).allMatch(FleetProcess::isReady);
      try (Admin admin =
          Admin.create(
              Map.<String, Object>of("bootstrap.servers", fleet.ports().bootstrapServers()))) {
        assertThat(admin.describeCluster().nodes().get()).hasSize(1);
      }
      assertThat(serving(fleet)).contains("\"primary\"");
      new DemoControl(fleet.ports().of(Port.EDGE_CONTROL)).mode("primary", "500");
      assertThat(serving(fleet)).contains("\"error\"");
      assertThat(Files.getPosixFilePermissions(fleet.home().credentials()))
          .isEqualTo(PosixFilePermissions.fromString("rw-------"));
      assertThat(Files.readAllLines(fleet.home().credentials()))
          .extracting(line -> line.substring(0, line.indexOf('=')))
          .containsExactly("viewer", "operator", "admin");
    }
    assertThat(OwnProcesses.find(folder)).isEmpty();
    assertThat(folder.resolve("run")).doesNotExist();
  }

  @Test
  void whatAKilledRunLeftIsStoppedAtTheNextStart() {
    FleetOptions options = FleetOptions.in(folder, Ports.free()).withOnly(DEMO);
    LocalFleet abandoned = LocalFleet.start(options);
    try (LocalFleet fleet = LocalFleet.start(options)) {
      assertThat(abandoned.demo().isAlive()).isFalse();
      assertThat(fleet.demo().isReady()).isTrue();
    }
  }

  @Test
  void aProcessOfSomebodyElseIsLeftAloneWhateverAPidFileSays() throws IOException {
    Process other = new ProcessBuilder("sleep", "60").start();
    try {
      Path run = Files.createDirectories(folder.resolve("run"));
      Files.writeString(run.resolve("demo.pid"), other.pid() + "\n");
      LocalFleet.start(FleetOptions.in(folder, Ports.free()).withOnly(DEMO)).stop();

      assertThat(other.isAlive()).isTrue();
    } finally {
      other.destroy();
    }
  }

  @Test
  void aTakenPortIsNamedWithItsHolder() throws IOException {
    Ports ports = Ports.free();
    try (ServerSocket _ =
        new ServerSocket(ports.of(Port.EDGE), 1, InetAddress.ofLiteral("127.0.0.1"))) {
      assertThatThrownBy(() -> LocalFleet.start(FleetOptions.in(folder, ports).withOnly(DEMO)))
          .isInstanceOf(StartFailure.class)
          .hasMessageContaining("port %d (ECHOPILOT_PORT_EDGE)".formatted(ports.of(Port.EDGE)))
          .hasMessageContaining("process " + ProcessHandle.current().pid());
    }
  }

  @Test
  void twoOfOurOwnOnOnePortAreRefused() {
    Ports ports =
        Ports.standard(Map.of("ECHOPILOT_PORT_EDGE", "8082", "ECHOPILOT_PORT_FAILOVER", "8082"));

    assertThatThrownBy(() -> LocalFleet.start(FleetOptions.in(folder, ports)))
        .isInstanceOf(StartFailure.class)
        .hasMessage(
            "port 8082 is given to both ECHOPILOT_PORT_EDGE and ECHOPILOT_PORT_FAILOVER: choose another for one of them");
  }

  @Test
  void aFolderMayHaveLettersOfAnyLanguage() {
    Path home = folder.resolve("h é ü");
    LocalFleet.start(FleetOptions.in(home, Ports.free()).withOnly(BROKER, DEMO));

    assertThat(OwnProcesses.stopAll(home)).isEqualTo(2);
    assertThat(home.resolve("data/kafka")).isDirectory();
  }

  @Test
  void aSecondStartInTheSameFolderIsRefused() {
    FleetHome home = new FleetHome(folder);
    try (StartLock _ = StartLock.of(home)) {
      assertThatThrownBy(() -> StartLock.of(home))
          .isInstanceOf(StartFailure.class)
          .hasMessageStartingWith("Another deploy/up runs here:");
    }
    StartLock.of(home).close();
  }

  @Test
  void aProcessThatDiesAtItsStartIsNamedWithTheEndOfItsLogAndTheRestIsStopped() {
    FleetOptions options =
        FleetOptions.in(folder, Ports.free())
            .withOnly(BROKER, DEMO)
            .withProperty("kafka", "log.dirs", "/proc/nowhere");

    assertThatThrownBy(() -> LocalFleet.start(options))
        .isInstanceOf(StartFailure.class)
        .hasMessageContaining("kafka ended with exit code")
        .hasMessageContaining("/proc/nowhere");
    assertThat(OwnProcesses.find(folder)).isEmpty();
  }

  @Test
  void aProcessCanBeHitWithSignalsAndStartedAgain() {
    FleetOptions options = FleetOptions.in(folder, Ports.free()).withOnly(DEMO);
    try (LocalFleet fleet = LocalFleet.start(options)) {
      FleetProcess demo = fleet.demo();
      demo.kill(Signal.STOP);
      // Of a process with many threads, the last may stop a moment later.
      await().until(() -> !demo.isReady());
      assertThat(demo.isAlive()).isTrue();
      demo.kill(Signal.CONT);
      await().until(demo::isReady);

      long killed = demo.pid();
      demo.kill(Signal.KILL);
      assertThat(demo.isAlive()).isFalse();
      demo.restart();
      demo.awaitReady(Duration.ofSeconds(20));
      assertThat(demo.pid()).isNotEqualTo(killed);
    }
  }

  @Test
  void anEditedServiceDefinitionIsKeptUntilTheLocationsChange() throws IOException {
    FleetOptions options = FleetOptions.in(folder, Ports.free());
    FleetHome home = options.home().create();
    new ServicesFile(options).write();
    assertThat(Files.readString(home.services())).contains("locations: [local-1]");

    Files.writeString(home.services(), "edited");
    new ServicesFile(options).write();
    assertThat(Files.readString(home.services())).isEqualTo("edited");

    new ServicesFile(options.withLocations(3)).write();
    assertThat(Files.readString(home.services()))
        .contains("locations: [local-1, local-2, local-3]");
  }

  private static String serving(LocalFleet fleet) throws Exception {
    URI edge = URI.create("http://127.0.0.1:" + fleet.ports().of(Port.EDGE) + "/health");
    try (HttpClient http = HttpClient.newHttpClient()) {
      return http.send(HttpRequest.newBuilder(edge).build(), HttpResponse.BodyHandlers.ofString())
          .body();
    }
  }
}
