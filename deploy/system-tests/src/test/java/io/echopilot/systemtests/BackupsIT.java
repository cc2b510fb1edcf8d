package io.echopilot.systemtests;

import static org.assertj.core.api.Assertions.assertThat;

import io.echopilot.events.BackupCommand.BackupRequested;
import io.echopilot.events.BackupEvent.BackupFailed;
import io.echopilot.events.BackupEvent.BackupInterrupted;
import io.echopilot.events.BackupEvent.BackupVerified;
import io.echopilot.events.BackupEvent.QueryProof;
import io.echopilot.events.BackupReason;
import io.echopilot.events.FailoverEvent.FailoverCompleted;
import io.echopilot.fleet.postgres.PostgresRole;
import io.echopilot.fleet.process.Signal;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;

/** A failover leads to a proved backup, whatever happens to those who make it. */
@Timeout(600)
@ExtendWith(WholeFleet.class)
class BackupsIT {
  private static final String RUNNING_DUMPS =
      "select pid from pg_stat_activity where application_name like 'dr\\_backup%'";

  /** The dump has all tables by then, and waits for a sequence that somebody is dropping. */
  private static final String WAITING_DUMPS =
      RUNNING_DUMPS + " and wait_event_type = 'Lock' and query like '%barrier%'";

  private final World world;
  private int mark;

  BackupsIT(World world) {
    this.world = world;
  }

  @BeforeEach
  void settle() {
    world.settle();
    world.log.awaitAllSaved();
    mark = world.log.mark();
  }

  @Test
  void aFailoverLeadsToAProvedSafetyBackupAndNeverBefore() {
    world.mode("primary", "refuse");

    FailoverCompleted completed = world.log.await("demo", mark, FailoverCompleted.class);
    BackupRequested request = world.log.await(mark, BackupRequested.class, _ -> true);
    BackupVerified verified = verified(request);

    assertThat(request.reason()).isEqualTo(BackupReason.FAILOVER);
    assertThat(request.at()).isEqualTo(completed.rationale().now());
    assertThat(folder(request).resolve("manifest.json")).exists();
    assertThat(verified.queries()).extracting(QueryProof::result).containsExactlyElementsOf(jobs());
    assertThat(world.log.any(mark, event -> event instanceof BackupFailed)).isFalse();
    assertThatNothingIsLeft();
  }

  @Test
  void aServiceKilledInMidDumpCleansUpSaysSoAndMakesTheBackup() throws SQLException {
    BackupRequested request;
    try (Connection other = world.database(PostgresRole.DEMO);
        Statement statement = other.createStatement()) {
      statement.execute("create sequence if not exists barrier");
      other.setAutoCommit(false);
      statement.execute("drop sequence barrier");
      world.mode("primary", "refuse");
      request = world.log.await(mark, BackupRequested.class, _ -> true);
      World.await("pg_dump waits", () -> !world.sql(WAITING_DUMPS).isEmpty());

      world.fleet.backup().kill(Signal.KILL);
      assertThat(world.sql(WAITING_DUMPS)).as("a dump outlives who began it").isNotEmpty();
      world.fleet.backup().restart();
      BackupInterrupted interrupted =
          world.log.await(
              mark, BackupInterrupted.class, event -> event.backup().equals(request.backup()));
      assertThat(interrupted.removed())
          .anyMatch(text -> text.startsWith("session "))
          .anyMatch(text -> text.startsWith("its work folder"));
      other.rollback();
    }

    verified(request);
    assertThat(folder(request).resolve("manifest.json")).exists();
    assertThatNothingIsLeft();
  }

  @Test
  void aDatabaseThatIsAwayDuringAFailoverIsBackedUpWhenItIsBack() {
    world.fleet.postgres().stop(World.PATIENCE);
    world.mode("primary", "refuse");

    BackupRequested request = world.log.await(mark, BackupRequested.class, _ -> true);
    BackupFailed failed =
        world.log.await(mark, BackupFailed.class, event -> event.backup().equals(request.backup()));
    assertThat(failed.reason()).startsWith("the server does not answer");
    world.fleet.postgres().restart();
    world.fleet.postgres().awaitReady(World.PATIENCE);

    assertThat(verified(request).attempt()).isGreaterThan(1);
    assertThatNothingIsLeft();
  }

  private BackupVerified verified(BackupRequested request) {
    return world.log.await(
        mark, BackupVerified.class, event -> event.backup().equals(request.backup()));
  }

  private List<String> jobs() {
    return world.sql("select count(*) from wh_job_log");
  }

  private Path folder(BackupRequested request) {
    return world.fleet.home().backups().resolve(request.backup().value());
  }

  private void assertThatNothingIsLeft() {
    World.await("no session is left", () -> world.sql(RUNNING_DUMPS).isEmpty());
    assertThat(world.sql("select datname from pg_database where datname like 'dr\\_verify%'"))
        .isEmpty();
    assertThat(names(world.fleet.home().backups())).noneMatch(name -> name.endsWith(".partial"));
    assertThat(names(world.fleet.home().data().resolve("backup-work"))).isEmpty();
  }

  private static List<String> names(Path folder) {
    try (Stream<Path> all = Files.list(folder)) {
      return all.map(each -> each.getFileName().toString()).toList();
    } catch (IOException e) {
      throw new IllegalStateException(e);
    }
  }
}
