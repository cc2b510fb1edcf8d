package io.echopilot.backup.capture;

import io.echopilot.backup.postgres.Database;
import io.echopilot.backup.postgres.Deadline;
import io.echopilot.backup.storage.BackupFolder;
import io.echopilot.events.BackupCommand.BackupRequested;
import io.echopilot.events.BackupEvent;
import io.echopilot.events.BackupId;
import io.echopilot.events.BackupReason;
import io.echopilot.events.SourceId;
import io.echopilot.fleet.LocalPostgres;
import io.echopilot.fleet.postgres.PostgresRole;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Attempts at backups of a real server, without Kafka. */
final class BackupWorld {
  static final SourceId DEMO = new SourceId("demo");
  static final String JOBS = "select count(*) from wh_job_log";
  private static final Instant ASKED = Instant.parse("2026-11-26T03:00:00Z");

  final LocalPostgres postgres;
  final Path folder;
  final BackupFolder storage;
  final BackupId backup = BackupId.of(DEMO, ASKED);
  final List<BackupEvent> events = new ArrayList<>();
  final Path work;
  @Nullable Path tools;

  BackupWorld(LocalPostgres postgres, Path folder) {
    this(postgres, folder, folder.resolve("work"));
  }

  BackupWorld(LocalPostgres postgres, Path folder, Path works) {
    this.postgres = postgres;
    this.folder = folder;
    storage = new BackupFolder(folder.resolve("backups"));
    work = works.resolve(backup.value());
  }

  Database database(String name) {
    return new Database(
        postgres.host(),
        postgres.port(),
        name,
        PostgresRole.BACKUP.login(),
        postgres.passwordFile(PostgresRole.BACKUP),
        "prefer");
  }

  SourceSettings demo() {
    return settings(database("demo"), JOBS);
  }

  /** A source whose proof is made on the same server, in a session of its database {@code demo}. */
  SourceSettings settings(Database database, String... queries) {
    return new SourceSettings(
        database,
        database("demo"),
        List.of(queries),
        2,
        Duration.ofMinutes(2),
        Duration.ofMillis(500));
  }

  /** One attempt; returns the last word on it. */
  BackupEvent attempt(SourceSettings source, int attempt) throws InterruptedException {
    BackupRequested request =
        new BackupRequested(DEMO, backup, BackupReason.REQUEST, null, attempt, ASKED);
    Clock clock = Clock.systemUTC();
    Deadline deadline = Deadline.in(source.timeLimit(), clock);
    new BackupRun(request, source, storage, work, deadline, clock, events::add).run(tools);
    return events.getLast();
  }

  List<String> eventNames() {
    return events.stream().map(event -> event.getClass().getSimpleName()).toList();
  }

  Path stored(String name) {
    return storage.of(backup).resolve(name);
  }

  /** The largest stored file. */
  Path largest() throws IOException {
    try (Stream<Path> files = Files.list(storage.of(backup))) {
      return files
          .filter(file -> file.toString().endsWith(".zst"))
          .max((a, b) -> Long.compare(a.toFile().length(), b.toFile().length()))
          .orElseThrow();
    }
  }

  /** Names in the storage folder. */
  List<String> inStorage() throws IOException {
    if (!Files.exists(storage.root())) {
      return List.of();
    }
    try (Stream<Path> all = Files.list(storage.root())) {
      return all.map(each -> each.getFileName().toString()).sorted().toList();
    }
  }

  /** What a run must not leave behind. */
  List<String> left() throws SQLException, IOException {
    List<String> left = new ArrayList<>(inStorage());
    left.removeIf(name -> !name.endsWith(".partial"));
    left.addAll(
        postgres.query("demo", "select datname from pg_database where datname like 'dr_verify%'"));
    left.addAll(
        postgres.query(
            "demo",
            "select application_name from pg_stat_activity where application_name like 'dr_backup%'"));
    if (Files.exists(work)) {
      left.add(work.toString());
    }
    return left;
  }
}
