package io.echopilot.backup.postgres;

import static org.assertj.core.api.Assertions.assertThat;

import io.echopilot.events.BackupEvent.TableProof;
import io.echopilot.fleet.LocalPostgres;
import io.echopilot.fleet.postgres.PostgresRole;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ContentsTest {
  private static LocalPostgres postgres;

  @BeforeAll
  static void start(@TempDir Path folder) {
    postgres = LocalPostgres.start(folder);
  }

  @AfterAll
  static void stop() {
    postgres.close();
  }

  @BeforeEach
  void table() throws SQLException {
    postgres.execute(
        "demo",
        """
        drop table if exists held; create table held (held int, text text, at timestamptz);
        insert into held values (1, 'a', '2026-11-26'), (2, null, null), (3, 'NULL', null);
        """);
  }

  @Test
  void theOrderOfTheRowsDoesNotMatter() throws SQLException {
    TableProof before = held();
    postgres.execute(
        "demo",
        """
        create table sorted as select * from held order by held desc;
        truncate held; insert into held select * from sorted; drop table sorted;
        """);

    assertThat(held()).isEqualTo(before);
  }

  @Test
  void aChangedValueChangesTheFingerprint() throws SQLException {
    assertThatFingerprintChangesWith("update held set text = 'b' where held = 1");
  }

  @Test
  void aNullThatBecomesAnEmptyTextChangesTheFingerprint() throws SQLException {
    assertThatFingerprintChangesWith("update held set text = '' where held = 2");
  }

  @Test
  void aMissingRowChangesTheFingerprint() throws SQLException {
    assertThatFingerprintChangesWith("delete from held where held = 3");
  }

  @Test
  void aDoubledRowChangesTheFingerprintWhereAnotherIsMissing() throws SQLException {
    assertThatFingerprintChangesWith(
        "delete from held where held = 3; insert into held select * from held where held = 1");
  }

  /** Equal rows would cancel each other out in an exclusive or. */
  @Test
  void aPairOfEqualRowsThatBecomesAnotherPairChangesTheFingerprint() throws SQLException {
    postgres.execute("demo", "insert into held values (7, 'pair', null), (7, 'pair', null)");

    assertThatFingerprintChangesWith("update held set held = 8 where held = 7");
  }

  @Test
  void twoRowsThatSwapTheirValuesChangeTheFingerprint() throws SQLException {
    assertThatFingerprintChangesWith("update held set held = 4 - held where held in (1, 3)");
  }

  private static void assertThatFingerprintChangesWith(String sql) throws SQLException {
    String before = held().fingerprint();
    postgres.execute("demo", sql);
    assertThat(held().fingerprint()).isNotEqualTo(before);
  }

  private static TableProof held() throws SQLException {
    try (Connection connection = postgres.connect("demo", PostgresRole.BACKUP)) {
      connection.setAutoCommit(false);
      return Contents.read(connection, List.of()).tables().stream()
          .filter(table -> table.table().equals("public.held"))
          .findFirst()
          .orElseThrow();
    }
  }
}
