package io.echopilot.fleet;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.echopilot.fleet.postgres.PostgresRole;
import io.echopilot.fleet.process.OwnProcesses;
import io.echopilot.fleet.process.Signal;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class LocalPostgresTest {
  @TempDir private static Path parent;
  private static Path folder;
  private static LocalPostgres postgres;

  @BeforeAll
  static void start() {
    // Letters of any language, and a quote.
    folder = parent.resolve("it's ü");
    postgres = LocalPostgres.start(folder);
  }

  @AfterAll
  static void stop() {
    postgres.close();
    assertThat(OwnProcesses.find(folder)).isEmpty();
    assertThat(workingIn(folder.resolve("data/postgres"))).isEmpty();
  }

  @BeforeEach
  void runs() {
    if (!postgres.process().isReady()) {
      postgres.start();
    }
  }

  @Test
  void theDemosDatabaseHasTheRunbooksTables() throws SQLException {
    assertThat(
            postgres.query(
                "demo",
                """
                SELECT tablename, tableowner FROM pg_tables
                WHERE schemaname = 'public' ORDER BY tablename COLLATE "C"
                """))
        .containsExactly("wh_automation_log|demo", "wh_clients|demo", "wh_job_log|demo");
    assertThat(
            postgres.query(
                "demo",
                """
                SELECT (SELECT count(*) FROM wh_clients), (SELECT count(*) FROM wh_job_log),
                       (SELECT count(*) FROM wh_automation_log)
                """))
        .containsExactly("120|600|300");
    assertThat(
            postgres.query("demo", "SELECT name FROM wh_clients WHERE client_id = 'client-0003'"))
        .containsExactly("Dvořák & Co. 3");
    assertThat(postgres.query("demo", "SELECT nextval('wh_job_log_job_id_seq')"))
        .singleElement()
        .satisfies(next -> assertThat(Integer.parseInt(next)).isGreaterThan(600));
  }

  @ParameterizedTest
  @EnumSource
  void eachRoleComesInWithItsPasswordAndNoOther(PostgresRole role) throws Exception {
    try (Connection connection = postgres.connect("demo", role)) {
      assertThat(connection.getMetaData().getUserName()).isEqualTo(role.login());
    }
    for (String wrong : List.of("wrong", "")) {
      assertThatThrownBy(() ->
              DriverManager.getConnection(
                  "jdbc:postgresql://127.0.0.1:%d/demo".formatted(postgres.port()),
                  role.login(),
                  wrong))
          .isInstanceOf(SQLException.class)
          .hasMessageContaining("password");
    }
    assertThat(Files.getPosixFilePermissions(postgres.passwordFile(role)))
        .isEqualTo(PosixFilePermissions.fromString("rw-------"));
  }

  @Test
  void passwordsAreKeptAsScramAndStandInNoLog() throws Exception {
    assertThat(
            postgres.query(
                "postgres",
                "SELECT DISTINCT left(rolpassword, 14) FROM pg_authid WHERE rolcanlogin"))
        .containsExactly("SCRAM-SHA-256$");
    String log = Files.readString(postgres.process().log());
    for (PostgresRole role : PostgresRole.values()) {
      assertThat(log).doesNotContain(postgres.password(role));
    }
  }

  @Test
  void theBackupRoleReadsEverythingMakesDatabasesAndChangesNothing() throws SQLException {
    postgres.execute("echopilot", "CREATE TABLE IF NOT EXISTS secret_history (n int)");
    try (Connection demo = postgres.connect("demo", PostgresRole.BACKUP);
        Connection echopilot = postgres.connect("echopilot", PostgresRole.BACKUP);
        Statement inDemo = demo.createStatement();
        Statement inEchopilot = echopilot.createStatement()) {
      inDemo.executeQuery("SELECT * FROM wh_job_log").close();
      inEchopilot.executeQuery("SELECT * FROM secret_history").close();
      inDemo.execute("CREATE DATABASE scratch");
      inDemo.execute("DROP DATABASE scratch");
      assertThatThrownBy(() -> inDemo.execute("DELETE FROM wh_job_log"))
          .hasMessageContaining("permission denied");
      assertThatThrownBy(() -> inDemo.execute("CREATE ROLE intruder"))
          .hasMessageContaining("permission denied");
    }
  }

  @Test
  void itListensOnTheLoopbackAddressAlone() throws SQLException {
    assertThat(
            postgres.query(
                "postgres",
                """
                SELECT name, setting FROM pg_settings
                WHERE name IN ('listen_addresses', 'unix_socket_directories', 'fsync') ORDER BY name
                """))
        .containsExactly("fsync|on", "listen_addresses|127.0.0.1", "unix_socket_directories|");
  }

  @Test
  void stoppingDoesNotWaitForClientsAndLosesNothing() throws SQLException {
    postgres.execute("echopilot", "CREATE TABLE kept AS SELECT 42 AS answer");
    try (Connection connection = postgres.connect("demo", PostgresRole.DEMO)) {
      long start = System.nanoTime();
      postgres.process().stop(Duration.ofSeconds(60));
      assertThat(Duration.ofNanos(System.nanoTime() - start)).isLessThan(Duration.ofSeconds(8));
      assertThat(connection.isValid(1)).isFalse();
    }
    assertThat(log()).contains("received fast shutdown request");
    postgres.start();
    assertThat(postgres.query("echopilot", "SELECT answer FROM kept")).containsExactly("42");
  }

  @Test
  void aKilledServerRecoversAtItsNextStartWhateverItsProcessIdIsByThen() throws Exception {
    postgres.execute("echopilot", "CREATE TABLE committed AS SELECT generate_series(1, 1000)");
    Path data = folder.resolve("data/postgres");
    try (Connection busy = postgres.connect("demo", PostgresRole.DEMO);
        Statement statement = busy.createStatement()) {
      Thread sleeper = Thread.startVirtualThread(() -> sleepIn(statement));
      await()
          .until(
              () ->
                  postgres.query(
                      "postgres", "SELECT 1 FROM pg_stat_activity WHERE wait_event = 'PgSleep'"),
              rows -> !rows.isEmpty());
      postgres.process().kill(Signal.KILL);
      // As after a reboot: the number is somebody else's now.
      Process somebody = new ProcessBuilder("sleep", "60").start();
      Path pid = data.resolve("postmaster.pid");
      Files.writeString(
          pid, Files.readString(pid).replaceFirst("\\d+", Long.toString(somebody.pid())));
      postgres.start();
      somebody.destroy();
      sleeper.join();
    }
    assertThat(log()).contains("database system was not properly shut down");
    assertThat(postgres.query("echopilot", "SELECT count(*) FROM committed"))
        .containsExactly("1000");
  }

  @Test
  void whatOutlivesAKilledServerIsEndedBeforeTheNext() throws Exception {
    long pid = postgres.process().pid();
    ProcessHandle child =
        ProcessHandle.of(pid).orElseThrow().descendants().findFirst().orElseThrow();
    sh("kill -STOP %d; kill -KILL %d".formatted(child.pid(), pid));
    await().until(() -> !postgres.process().isAlive());
    assertThat(child.isAlive()).isTrue();

    postgres.start();

    assertThat(child.isAlive()).isFalse();
  }

  @Test
  void aServerThatStandsStillAnswersNobodyUntilItGoesOn() throws Exception {
    try (Connection connection = postgres.connect("demo", PostgresRole.DEMO)) {
      postgres.process().kill(Signal.STOP);
      assertThat(postgres.process().isReady()).isFalse();
      assertThat(connection.isValid(1)).isFalse();
      postgres.process().kill(Signal.CONT);
      await().until(() -> postgres.process().isReady());
    }
    postgres.process().kill(Signal.STOP);
    postgres.process().kill(Signal.KILL);
    postgres.start();
    assertThat(postgres.process().isReady()).isTrue();
  }

  @Test
  void aNextStartInTheFolderStopsItAndKeepsItsData() throws SQLException {
    postgres.execute("echopilot", "CREATE TABLE of_the_first AS SELECT 7 AS n");
    LocalPostgres first = postgres;
    postgres = LocalPostgres.start(folder);

    assertThat(first.process().isAlive()).isFalse();
    assertThat(postgres.query("echopilot", "SELECT n FROM of_the_first")).containsExactly("7");
  }

  @Test
  void itIsReadyWhenItAsksForAPassword() throws IOException {
    try (Socket socket = new Socket()) {
      socket.connect(
          new InetSocketAddress(InetAddress.ofLiteral("127.0.0.1"), postgres.port()), 1000);
    }
    assertThat(postgres.process().isReady()).isTrue();
    postgres.stop();
    assertThat(postgres.process().isReady()).isFalse();
  }

  private static void sh(String script) throws Exception {
    assertThat(new ProcessBuilder("sh", "-c", script).start().waitFor()).isZero();
  }

  private static void sleepIn(Statement statement) {
    try {
      statement.execute("SELECT pg_sleep(60)");
    } catch (SQLException _) {
      // Its server is killed.
    }
  }

  private static String log() {
    try {
      return Files.readString(postgres.process().log());
    } catch (IOException e) {
      throw new AssertionError(e);
    }
  }

  private static Stream<ProcessHandle> workingIn(Path data) {
    return ProcessHandle.allProcesses()
        .filter(process -> {
          try {
            return Path.of("/proc/%d/cwd".formatted(process.pid())).toRealPath().equals(data);
          } catch (IOException _) {
            return false;
          }
        });
  }
}
