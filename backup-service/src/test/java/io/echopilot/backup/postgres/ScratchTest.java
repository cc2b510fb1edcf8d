package io.echopilot.backup.postgres;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.echopilot.events.BackupId;
import io.echopilot.fleet.LocalPostgres;
import io.echopilot.fleet.postgres.PostgresRole;
import java.io.IOException;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ScratchTest {
  private static final RunNames NAMES = RunNames.of(new BackupId("dr_backup_20261128_023000_demo"));

  private static LocalPostgres postgres;
  private static Scratch scratch;

  @BeforeAll
  static void start(@TempDir Path folder) throws SQLException {
    postgres = LocalPostgres.start(folder);
    postgres.execute("demo", "alter system set autovacuum_naptime = '1s'");
    postgres.execute("demo", "select pg_reload_conf()");
    scratch =
        new Scratch(
            new Database(
                postgres.host(),
                postgres.port(),
                "demo",
                PostgresRole.BACKUP.login(),
                postgres.passwordFile(PostgresRole.BACKUP),
                "disable"),
            NAMES);
  }

  @AfterAll
  static void stop() {
    postgres.close();
  }

  @BeforeEach
  void create() throws SQLException, IOException {
    scratch.create(new Snapshot.Kind("15", "UTF8", "C", "C"));
  }

  @Test
  void itIsDroppedThoughATableIsBeingVacuumed() throws SQLException, IOException {
    try (Connection connection = connect();
        Statement statement = connection.createStatement()) {
      statement.execute(
          """
          create table slow (held int) with (autovacuum_vacuum_threshold = 1,
            autovacuum_vacuum_cost_limit = 1, autovacuum_vacuum_cost_delay = 100);
          insert into slow select generate_series(1, 20000); delete from slow;
          """);
    }
    await().atMost(Duration.ofMinutes(1)).untilAsserted(() -> assertThat(workers()).isEqualTo("1"));

    assertThat(scratch.drop()).isTrue();

    assertThat(scratch.drop()).isFalse();
  }

  @Test
  void itIsDroppedThoughAToolIsStillConnected() throws SQLException, IOException {
    try (Connection tool = connect()) {
      assertThat(scratch.drop()).isTrue();

      assertThat(tool.isValid(1)).isFalse();
    }
  }

  private static Connection connect() throws SQLException, IOException {
    return scratch.database().connect("tool", Duration.ofMinutes(1), Duration.ofMinutes(1));
  }

  private static String workers() throws SQLException {
    return postgres
        .query(
            "demo",
            "select count(*) from pg_stat_activity where backend_type = 'autovacuum worker' and datname = '%s'"
                .formatted(NAMES.scratch()))
        .getFirst();
  }
}
