package io.echopilot.fleet.postgres;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.echopilot.fleet.FreePorts;
import io.echopilot.fleet.process.FleetProcess;
import io.echopilot.fleet.process.Mark;
import io.echopilot.fleet.process.ProcessPlan;
import io.echopilot.fleet.process.ReadyCheck;
import io.echopilot.fleet.process.Signal;
import io.echopilot.fleet.process.Stage;
import io.echopilot.fleet.process.StartFailure;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ServerBinariesTest {
  private static final ServerBinaries OLD = new ServerBinaries(Path.of("/old"), 14);
  private static final ServerBinaries FIFTEEN = new ServerBinaries(Path.of("/fifteen"), 15);
  private static final ServerBinaries SEVENTEEN = new ServerBinaries(Path.of("/seventeen"), 17);

  @TempDir private Path folder;

  @Test
  void theFirstThatIsNewEnoughIsTaken() {
    assertThat(find(OLD, SEVENTEEN, FIFTEEN)).isEqualTo(SEVENTEEN);
  }

  @Test
  void withoutAServerOfTheMachineTheEmbeddedOneIsTaken() {
    assertThat(find(OLD)).isEqualTo(FIFTEEN);
  }

  @Test
  void whatAServerWroteIsGivenToItsOwnMajorVersion() throws IOException {
    Files.writeString(folder.resolve("PG_VERSION"), "15\n");
    assertThat(find(SEVENTEEN)).isEqualTo(FIFTEEN);

    Files.writeString(folder.resolve("PG_VERSION"), "17\n");
    assertThat(find(SEVENTEEN)).isEqualTo(SEVENTEEN);

    Files.writeString(folder.resolve("PG_VERSION"), "16\n");
    assertThatThrownBy(() -> find(SEVENTEEN))
        .isInstanceOf(StartFailure.class)
        .hasMessageContaining("was written by PostgreSQL 16, which is not here")
        .hasMessageContaining("deploy/down --wipe");
  }

  @Test
  void theEmbeddedServerRunsLikeTheMachines() throws Exception {
    int port = new FreePorts().next();
    Path log = folder.resolve("postgres.log");
    for (PostgresRole role : PostgresRole.values()) {
      Files.writeString(folder.resolve(role.passwordFile()), "of " + role + "\n");
    }
    PostgresServer server =
        new PostgresServer(
            EmbeddedBinaries.unpack(folder),
            folder.resolve("data"),
            Files.writeString(
                folder.resolve("postgresql.conf"),
                PostgresSettings.text(PostgresSettings.of(port))),
            Files.writeString(folder.resolve("pg_hba.conf"), PostgresSettings.access()),
            folder,
            log);
    Mark mark = new Mark(folder, Stage.STORE, Signal.INT);
    FleetProcess process =
        FleetProcess.start(
            new ProcessPlan(
                "postgres",
                mark,
                server.command(mark),
                log,
                folder.resolve("pid"),
                new ReadyCheck.Postgres(port),
                server::prepare));
    try {
      process.awaitReady(Duration.ofSeconds(20));
      String url = "jdbc:postgresql://127.0.0.1:%d/demo".formatted(port);
      try (Connection connection = DriverManager.getConnection(url, "demo", "of DEMO")) {
        assertThat(connection.getMetaData().getDatabaseMajorVersion()).isEqualTo(15);
      }
    } finally {
      process.stop(Duration.ofSeconds(10));
    }
  }

  @Test
  void whatFailsWhileTheDatabasesAreMadeIsNamedWithTheLogAndNothingHalfMadeIsTakenForThem()
      throws IOException {
    PostgresServer server =
        new PostgresServer(
            ServerBinaries.find(folder.resolve("data"), folder),
            folder.resolve("data"),
            folder.resolve("postgresql.conf"),
            folder.resolve("pg_hba.conf"),
            folder,
            folder.resolve("postgres.log"));
    assertThatThrownBy(server::prepare)
        .isInstanceOf(StartFailure.class)
        .hasMessageContaining("initdb ended with exit code 1")
        .hasMessageContaining(PostgresRole.SUPERUSER.passwordFile());
    assertThat(folder.resolve("data")).doesNotExist();

    for (PostgresRole role : PostgresRole.values()) {
      Files.writeString(folder.resolve(role.passwordFile()), "pass'word\n");
    }
    server.prepare();
    assertThat(folder.resolve("data/PG_VERSION")).exists();
  }

  @Test
  void rootIsToldWhatToDoWhereUserNamespacesAreForbidden() {
    assertThatThrownBy(() -> OrdinaryUser.unshared(List.of("true"), List.of("false")))
        .isInstanceOf(StartFailure.class)
        .hasMessage(
            "PostgreSQL refuses to run as root, and false does not work here: run this as another user");
    assertThat(OrdinaryUser.unshared(List.of("true"), List.of("env", "sh", "-c", "echo 1000")))
        .endsWith("true");
  }

  private ServerBinaries find(ServerBinaries... installed) {
    return ServerBinaries.find(folder, List.of(installed), () -> FIFTEEN);
  }
}
