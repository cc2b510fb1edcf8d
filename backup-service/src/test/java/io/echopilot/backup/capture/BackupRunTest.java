package io.echopilot.backup.capture;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import io.echopilot.backup.postgres.Database;
import io.echopilot.backup.storage.Sha256;
import io.echopilot.events.BackupEvent.BackupCompleted;
import io.echopilot.events.BackupEvent.BackupFailed;
import io.echopilot.events.BackupEvent.BackupVerificationFailed;
import io.echopilot.events.BackupEvent.BackupVerified;
import io.echopilot.events.BackupEvent.QueryProof;
import io.echopilot.events.BackupEvent.TableProof;
import io.echopilot.events.BackupStep;
import io.echopilot.fleet.LocalPostgres;
import io.echopilot.fleet.postgres.PostgresRole;
import io.echopilot.fleet.process.Signal;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** With a real server, real pg_dump and real pg_restore. */
class BackupRunTest {
  private static LocalPostgres postgres;

  private BackupWorld world;

  @BeforeAll
  static void startServer(@TempDir Path folder) {
    postgres = LocalPostgres.start(folder);
  }

  @AfterAll
  static void stopServer() {
    postgres.close();
  }

  @BeforeEach
  void begin(@TempDir Path folder) {
    world = new BackupWorld(postgres, folder);
  }

  @AfterEach
  void nothingIsLeftBehind() throws Exception {
    assertThat(world.left()).isEmpty();
  }

  @Test
  void aBackupIsDumpedStoredRestoredAndCompared() throws Exception {
    var verified = (BackupVerified) world.attempt(world.demo(), 1);

    assertThat(world.eventNames())
        .containsExactly("BackupStarted", "BackupCompleted", "BackupVerified");
    assertThat(verified.tables())
        .extracting(TableProof::table, TableProof::rows)
        .contains(tuple("public.wh_job_log", jobs()), tuple("public.wh_clients", 120L));
    assertThat(verified.queries())
        .containsExactly(new QueryProof(BackupWorld.JOBS, Long.toString(jobs())));
    BackupCompleted completed = (BackupCompleted) world.events.get(1);
    assertThat(completed.sha256()).isEqualTo(Sha256.of(world.stored("manifest.json")));
    assertThat(completed.location()).endsWith("dr_backup_20261126_030000_demo");
    assertThat(completed.bytes()).isEqualTo(verified.bytes());
  }

  @Test
  void whatIsStoredAlreadyIsNotDumpedAgainButProved() throws Exception {
    world.attempt(world.demo(), 1);
    world.events.clear();

    world.attempt(world.demo(), 2);

    assertThat(world.eventNames()).containsExactly("BackupVerified");
  }

  @Test
  void aFlippedByteIsFoundAndTheBackupIsKeptAside() throws Exception {
    world.attempt(world.demo(), 1);
    Path file = world.largest();
    byte[] bytes = Files.readAllBytes(file);
    bytes[bytes.length / 2] ^= 1;
    Files.write(file, bytes);

    var failed = (BackupVerificationFailed) world.attempt(world.demo(), 2);

    assertThat(failed.step()).isEqualTo(BackupStep.READ_BACK);
    assertThat(failed.findings())
        .singleElement()
        .asString()
        .startsWith(file.getFileName() + " was changed");
    assertThat(world.inStorage()).containsExactly(world.backup + ".bad-2");
    assertThat(world.storage.root().resolve(world.backup + ".bad-2/findings.txt")).exists();

    assertThat(world.attempt(world.demo(), 3)).isInstanceOf(BackupVerified.class);
    assertThat(world.inStorage()).containsExactly(world.backup.value(), world.backup + ".bad-2");
  }

  @Test
  void aCutFileIsFound() throws Exception {
    world.attempt(world.demo(), 1);
    Path file = world.largest();
    byte[] bytes = Files.readAllBytes(file);
    Files.write(file, Arrays.copyOf(bytes, bytes.length - 1));

    assertThat(findings())
        .containsExactly(
            "%s has %d bytes, and %d were stored"
                .formatted(file.getFileName(), bytes.length - 1, bytes.length));
  }

  @Test
  void aMissingFileAndOneThatDoesNotBelongAreFound() throws Exception {
    world.attempt(world.demo(), 1);
    Path file = world.largest();
    Files.move(file, world.stored("stranger.zst"), StandardCopyOption.ATOMIC_MOVE);

    assertThat(findings())
        .containsExactly(
            file.getFileName() + " is missing", "stranger.zst does not belong to the backup");
  }

  @Test
  void aChangedManifestIsFound() throws Exception {
    world.attempt(world.demo(), 1);
    Path manifest = world.stored("manifest.json");
    Files.writeString(
        manifest, Files.readString(manifest).replace("\"rows\" : 120", "\"rows\" : 121"));

    assertThat(findings()).containsExactly("manifest.json is not what SHA256SUMS was made from");
  }

  @Test
  void aRestoredRowThatDiffersFromTheDumpedOneIsFound() throws Exception {
    world.attempt(world.demo(), 1);
    falsify(
        manifest -> manifest.replaceFirst("\"fingerprint\" : \"-?\\d", "\"fingerprint\" : \"7"));

    var failed = (BackupVerificationFailed) world.attempt(world.demo(), 2);

    assertThat(failed.step()).isEqualTo(BackupStep.COMPARE);
    assertThat(failed.findings())
        .singleElement()
        .asString()
        .contains("table public.wh_automation_log has other content than was dumped");
  }

  @Test
  void aQueryThatIsAnsweredOtherwiseIsFound() throws Exception {
    world.attempt(world.demo(), 1);
    falsify(manifest -> manifest.replace("\"result\" : \"" + jobs() + "\"", "\"result\" : \"1\""));

    assertThat(findings())
        .containsExactly(
            "query \"%s\" answers %d, and 1 when dumped".formatted(BackupWorld.JOBS, jobs()));
  }

  /** As with an extension that the scratch server lacks: the dump is whole, and of no use there. */
  @Test
  void aBackupThatDoesNotRestoreIsNoGood() throws Exception {
    postgres.execute(
        "demo",
        """
        create function odd() returns event_trigger language plpgsql as $$begin end$$;
        create event trigger odd on ddl_command_end execute function odd();
        """);
    try {
      var failed = (BackupVerificationFailed) world.attempt(world.demo(), 1);

      assertThat(failed.step()).isEqualTo(BackupStep.RESTORE);
      assertThat(failed.findings())
          .singleElement()
          .asString()
          .contains("pg_restore ended with exit code 1")
          .contains("permission denied to create event trigger");
    } finally {
      postgres.execute("demo", "drop event trigger odd; drop function odd");
    }
  }

  @Test
  void hostileNamesAreNamesLikeOthers() throws Exception {
    String name = "host=\"evil\" ü'; --";
    postgres.execute("demo", "create database \"host=\"\"evil\"\" ü'; --\"");
    postgres.execute(
        name,
        """
        create table "select * from ""x""; --" ("held" int, "ü ""q"" w" text, "row" text);
        insert into "select * from ""x""; --" values (1, 'a', null), (1, 'a', null), (2, '', 'é');
        create schema "Ünder score"; create table "Ünder score"."t.t" ();
        """);

    var verified =
        (BackupVerified)
            world.attempt(
                world.settings(
                    world.database(name), "select count(*) from \"select * from \"\"x\"\"; --\""),
                1);

    assertThat(verified.queries()).extracting(QueryProof::result).containsExactly("3");
    assertThat(verified.tables())
        .extracting(TableProof::table)
        .containsExactly("public.\"select * from \"\"x\"\"; --\"", "\"Ünder score\".\"t.t\"");
  }

  @Test
  void aWrongPasswordIsSaidAndNotShown() throws Exception {
    Path file = Files.writeString(world.folder.resolve("password"), "not-the-password");
    Database demo = world.database("demo");

    var failed =
        (BackupFailed)
            world.attempt(
                world.settings(
                    new Database(
                        demo.host(), demo.port(), "demo", demo.user(), file, demo.sslMode())),
                1);

    assertThat(failed.step()).isEqualTo(BackupStep.DUMP);
    assertThat(failed.reason())
        .contains("refuses the role or its password, see password-file")
        .doesNotContain("not-the-password");
    assertThat(world.inStorage()).isEmpty();
  }

  @Test
  void aMissingDatabaseIsSaid() throws Exception {
    var failed = (BackupFailed) world.attempt(world.settings(world.database("nowhere")), 1);

    assertThat(failed.reason()).contains("no such database").contains("nowhere");
  }

  @Test
  void missingToolsAreSaid() throws Exception {
    world.tools = world.folder;

    var failed = (BackupFailed) world.attempt(world.demo(), 1);

    assertThat(failed.reason())
        .contains("no pg_dump and pg_restore in " + world.folder)
        .contains("set echopilot.backup.tools");
  }

  @Test
  void aToolThatFailsIsSaidWithItsExitCodeAndItsWords() throws Exception {
    world.tools = Files.createDirectory(world.folder.resolve("tools"));
    tool("pg_dump", "echo 'pg_dump: error: no luck'; echo 'DETAIL: secret row'; exit 3");
    tool("pg_restore", "exit 0");

    var failed = (BackupFailed) world.attempt(world.demo(), 1);

    assertThat(failed.reason())
        .contains("pg_dump ended with exit code 3: pg_dump: error: no luck")
        .doesNotContain("secret row");
  }

  @Test
  void aRestoreThatSaysItSucceededWithoutRestoringIsFound() throws Exception {
    world.attempt(world.settings(world.database("demo")), 1);
    world.tools = Files.createDirectory(world.folder.resolve("tools"));
    tool("pg_dump", "exit 0");
    tool("pg_restore", "exit 0");

    assertThat(findings()).contains("table public.wh_job_log was not restored");
  }

  @Test
  void aTableThatSomebodyHoldsIsNamed() throws Exception {
    try (Connection other = postgres.connect("demo", PostgresRole.DEMO);
        Statement statement = other.createStatement()) {
      other.setAutoCommit(false);
      statement.execute("lock table wh_clients in access exclusive mode");

      var failed = (BackupFailed) world.attempt(world.demo(), 1);

      assertThat(failed.step()).isEqualTo(BackupStep.DUMP);
      assertThat(failed.reason()).contains("somebody held table public.wh_clients");
    }
  }

  @Test
  void aDumpThatTakesTooLongIsEnded() throws Exception {
    SourceSettings demo = world.demo();
    try (Connection other = postgres.connect("demo", PostgresRole.DEMO);
        Statement statement = other.createStatement()) {
      other.setAutoCommit(false);
      // The tables can be held, so pg_dump runs, and then waits for the sequence.
      statement.execute("create sequence if not exists waiting");
      other.commit();
      statement.execute("drop sequence waiting");

      var failed =
          (BackupFailed)
              world.attempt(
                  new SourceSettings(
                      demo.database(),
                      demo.scratchServer(),
                      demo.queries(),
                      demo.jobs(),
                      Duration.ofSeconds(3),
                      demo.lockWait()),
                  1);

      assertThat(failed.reason()).contains("pg_dump did not end within its time limit");
      other.rollback();
    }
    postgres.execute("demo", "drop sequence waiting");
  }

  @Test
  void aServerThatIsKilledInMidDumpIsSaidAndTheNextAttemptSucceeds() throws Exception {
    try (Connection other = postgres.connect("demo", PostgresRole.DEMO);
        Statement statement = other.createStatement()) {
      statement.execute("create sequence waiting");
      other.setAutoCommit(false);
      statement.execute("drop sequence waiting");
      Thread killer =
          Thread.ofVirtual()
              .start(() -> {
                Awaitility.await()
                    .until(() ->
                        postgres
                                .query(
                                    "demo",
                                    "select 1 from pg_stat_activity where application_name like 'dr_backup%' and wait_event_type = 'Lock'")
                                .size()
                            > 0);
                postgres.process().kill(Signal.KILL);
              });

      var failed = (BackupFailed) world.attempt(world.demo(), 1);

      killer.join();
      assertThat(failed.step()).isEqualTo(BackupStep.DUMP);
      assertThat(failed.reason()).contains("pg_dump ended with exit code 1");
    } finally {
      postgres.start();
    }
    assertThat(world.attempt(world.demo(), 2)).isInstanceOf(BackupVerified.class);
  }

  private List<String> findings() throws InterruptedException {
    return ((BackupVerificationFailed) world.attempt(world.demo(), 2)).findings();
  }

  private static long jobs() throws SQLException {
    return Long.parseLong(postgres.query("demo", BackupWorld.JOBS).getFirst());
  }

  private interface Change {
    String of(String manifest) throws SQLException;
  }

  /** Makes the manifest claim something else, with its sum put right. */
  private void falsify(Change change) throws IOException, SQLException {
    Path manifest = world.stored("manifest.json");
    String before = Files.readString(manifest);
    String after = change.of(before);
    assertThat(after).isNotEqualTo(before);
    String old = Sha256.of(manifest);
    Files.writeString(manifest, after);
    Path sums = world.stored("SHA256SUMS");
    Files.writeString(sums, Files.readString(sums).replace(old, Sha256.of(manifest)));
  }

  private void tool(String name, String script) throws IOException {
    Path tools = world.folder.resolve("tools");
    Path file =
        Files.write(
            tools.resolve(name), ("#!/bin/sh\n" + script + "\n").getBytes(StandardCharsets.UTF_8));
    assertThat(file.toFile().setExecutable(true)).isTrue();
  }
}
