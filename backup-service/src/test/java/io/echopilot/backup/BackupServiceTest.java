package io.echopilot.backup;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.echopilot.backup.plan.Completions;
import io.echopilot.backup.postgres.Deadline;
import io.echopilot.backup.postgres.Hold;
import io.echopilot.events.BackupCommand.BackupRequested;
import io.echopilot.events.BackupEvent.BackupFailed;
import io.echopilot.events.BackupEvent.BackupInterrupted;
import io.echopilot.events.BackupEvent.BackupStarted;
import io.echopilot.events.BackupEvent.BackupVerificationFailed;
import io.echopilot.events.BackupEvent.BackupVerified;
import io.echopilot.events.BackupId;
import io.echopilot.events.BackupReason;
import io.echopilot.events.SourceId;
import io.echopilot.fleet.LocalPostgres;
import io.echopilot.fleet.postgres.PostgresRole;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.Statement;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import java.util.List;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.context.ConfigurableApplicationContext;

/** From a topic to a proved backup and to a page, with a real broker and a real server. */
class BackupServiceTest {
  private static final String WAITING_DUMPS =
      "select pid from pg_stat_activity where application_name like 'dr\\_backup%' and wait_event_type = 'Lock'";

  private static final String WAITING_REPLICAS =
      "select pid from pg_stat_activity where query like '%try_advisory_lock($1)%' and pid <> pg_backend_pid()";

  private static LocalPostgres postgres;

  @BeforeAll
  static void startServer(@TempDir Path folder) {
    postgres = LocalPostgres.start(folder);
  }

  @AfterAll
  static void stopServer() {
    postgres.close();
  }

  @Test
  void aFailoverLeadsToOneProvedSafetyBackupThatPeopleSee(@TempDir Path folder) throws Exception {
    try (var world = new BackupServiceWorld(postgres, folder, "alpha")) {
      ConfigurableApplicationContext replica = world.start();

      world.happens(Completions.of("alpha-shop", 1, Instant.now()));
      world.happens(Completions.of("alpha-shop", 1, Instant.now()));

      BackupVerified verified = verified(world, 1);
      assertThat(verified.reason()).isEqualTo(BackupReason.FAILOVER);
      assertThat(
              folder.resolve("backups").resolve(verified.backup().value()).resolve("manifest.json"))
          .exists();
      assertThat(world.requests()).hasSize(1);
      Awaitility.await()
          .atMost(BackupServiceWorld.PATIENCE)
          .untilAsserted(() ->
              assertThat(get(replica, "viewer", "/api/v1/backups/alpha").body())
                  .contains("\"lastVerified\":{\"source\":\"alpha\""));
      assertThat(get(replica, "viewer", "/api/v1/backups").body()).contains("alpha");
      assertThat(get(replica, "viewer", "/api/v1/backups/nobody").statusCode()).isEqualTo(404);
      assertThat(get(replica, "stranger", "/api/v1/backups").statusCode()).isEqualTo(401);
      assertThat(get(replica, "viewer", "/actuator/prometheus").body())
          .contains("echopilot_backups_total{outcome=\"verified\",source=\"alpha\"} 1.0")
          .contains("echopilot_backup_verified_age_seconds{source=\"alpha\"}");
    }
  }

  @Test
  void anOperatorAsksForABackupAndAViewerMayNot(@TempDir Path folder) throws Exception {
    try (var world = new BackupServiceWorld(postgres, folder, "beta")) {
      ConfigurableApplicationContext replica = world.start();

      assertThat(post(replica, "viewer", "/api/v1/sources/beta/backups").statusCode())
          .isEqualTo(403);
      assertThat(post(replica, "operator", "/api/v1/sources/nobody/backups").statusCode())
          .isEqualTo(404);
      HttpResponse<String> answer = post(replica, "operator", "/api/v1/sources/beta/backups");

      assertThat(answer.statusCode()).isEqualTo(202);
      BackupVerified verified = verified(world, 1);
      assertThat(answer.body()).contains(verified.backup().value());
      assertThat(verified.reason()).isEqualTo(BackupReason.REQUEST);
    }
  }

  /** Kafka would take the worker for dead if it were not polled during a backup. */
  @Test
  void aBackupThatTakesLongerThanAPollMayIsMadeOnce(@TempDir Path folder) throws Exception {
    try (var world = new BackupServiceWorld(postgres, folder, "gamma");
        Connection other = postgres.connect("demo", PostgresRole.DEMO);
        Statement statement = other.createStatement()) {
      statement.execute("create sequence if not exists gamma");
      other.setAutoCommit(false);
      statement.execute("drop sequence gamma");
      world.start("--spring.kafka.consumer.properties.max.poll.interval.ms=2000");

      world.happens(request("gamma"));
      Awaitility.await()
          .pollDelay(Duration.ofSeconds(6))
          .atMost(BackupServiceWorld.PATIENCE)
          .until(() -> world.events(BackupStarted.class).size() == 1);
      other.rollback();

      verified(world, 1);
      // A request that was taken away meanwhile would come again.
      Awaitility.await()
          .during(Duration.ofSeconds(4))
          .atMost(BackupServiceWorld.PATIENCE)
          .until(() -> world.events(BackupVerified.class).size() == 1);
      assertThat(world.events(BackupStarted.class)).hasSize(1);
      assertThat(world.events(BackupInterrupted.class)).isEmpty();
    }
  }

  @Test
  void aServiceThatIsStoppedInMidDumpLeavesTheBackupToTheNextOne(@TempDir Path folder)
      throws Exception {
    try (var world = new BackupServiceWorld(postgres, folder, "eta");
        Connection other = postgres.connect("demo", PostgresRole.DEMO);
        Statement statement = other.createStatement()) {
      statement.execute("create sequence if not exists eta");
      other.setAutoCommit(false);
      statement.execute("drop sequence eta");
      ConfigurableApplicationContext first = world.start();
      world.happens(request("eta"));
      Awaitility.await("pg_dump waits")
          .atMost(BackupServiceWorld.PATIENCE)
          .until(() -> !postgres.query("demo", WAITING_DUMPS).isEmpty());

      first.close();
      assertThat(postgres.query("demo", WAITING_DUMPS)).as("a stop ends the dump").isEmpty();
      other.rollback();
      world.start();

      assertThat(verified(world, 1).attempt()).isEqualTo(1);
      assertThat(world.events(BackupFailed.class)).isEmpty();
    }
  }

  @Test
  void aBackupThatAnotherReplicaIsAtIsLeftToIt(@TempDir Path folder) throws Exception {
    BackupRequested request = request("theta");
    try (var world = new BackupServiceWorld(postgres, folder, "theta")) {
      Hold another =
          Hold.of(
              world.database(),
              request.backup(),
              Deadline.in(Duration.ofMinutes(1), Clock.systemUTC()));
      world.start();
      world.happens(request);

      Awaitility.await("it asks whether it may begin")
          .atMost(BackupServiceWorld.PATIENCE)
          .until(() -> postgres.query("demo", WAITING_REPLICAS).size() == 2);
      Awaitility.await()
          .during(Duration.ofSeconds(1))
          .atMost(BackupServiceWorld.PATIENCE)
          .until(() -> world.events(BackupStarted.class).isEmpty());
      another.close();

      verified(world, 1);
      assertThat(world.events(BackupInterrupted.class)).isEmpty();
    }
  }

  @Test
  void whatAnInterruptedStartLeftIsRemovedAndTold(@TempDir Path folder) throws Exception {
    BackupRequested request = request("delta");
    Path partial =
        Files.createDirectories(folder.resolve("backups/" + request.backup() + ".partial"));
    Files.write(partial.resolve("toc.dat.zst"), new byte[] {1});
    Files.createDirectories(folder.resolve("work-0/" + request.backup() + "/dump"));
    try (var world = new BackupServiceWorld(postgres, folder, "delta")) {
      world.start();

      world.happens(request);

      verified(world, 1);
      assertThat(world.events(BackupInterrupted.class))
          .singleElement()
          .satisfies(interrupted -> assertThat(interrupted.removed()).hasSize(2));
      assertThat(partial).doesNotExist();
    }
  }

  @Test
  void aServerThatIsAwayIsWaitedFor(@TempDir Path folder) throws Exception {
    try (var own = LocalPostgres.start(Files.createDirectory(folder.resolve("postgres")));
        var world = new BackupServiceWorld(own, folder, "epsilon")) {
      own.stop();
      world.start();

      world.happens(request("epsilon"));
      Awaitility.await()
          .atMost(BackupServiceWorld.PATIENCE)
          .until(() -> world.events(BackupFailed.class).size() >= 2);
      assertThat(world.events(BackupFailed.class).getFirst().reason())
          .startsWith("the server does not answer");
      own.start();

      BackupVerified verified =
          Awaitility.await()
              .atMost(BackupServiceWorld.PATIENCE)
              .until(() -> world.events(BackupVerified.class), all -> !all.isEmpty())
              .getFirst();
      assertThat(verified.attempt()).isGreaterThan(2);
    }
  }

  /**
   * While the second joins, Kafka takes partitions from the first in the middle of a backup:
   * neither may get into the other's way.
   */
  @Test
  void twoReplicasAskOnceForEachDueTimeAndLeaveEachOtherAlone(@TempDir Path folder)
      throws Exception {
    try (var world = new BackupServiceWorld(postgres, folder, "zeta")) {
      String everySecondSecond = world.at("cron", "*/2 * * * * *");
      world.start(everySecondSecond);
      world.start(everySecondSecond);

      List<BackupRequested> requests =
          Awaitility.await()
              .atMost(BackupServiceWorld.PATIENCE)
              .until(() -> world.requests(), all -> all.size() >= 6);

      assertThat(requests.stream().map(request -> request.at().getEpochSecond()).toList())
          .doesNotHaveDuplicates()
          .allMatch(second -> second % 2 == 0);
      Awaitility.await()
          .atMost(BackupServiceWorld.PATIENCE)
          .until(() -> world.events(BackupVerified.class).size() >= 3);
      assertThat(world.events(BackupInterrupted.class)).isEmpty();
      assertThat(world.events(BackupFailed.class)).isEmpty();
      assertThat(world.events(BackupVerificationFailed.class)).isEmpty();
    }
  }

  private static BackupRequested request(String source) {
    SourceId id = new SourceId(source);
    Instant now = Instant.parse("2026-11-26T03:00:00Z");
    return new BackupRequested(id, BackupId.of(id, now), BackupReason.REQUEST, null, 1, now);
  }

  private static BackupVerified verified(BackupServiceWorld world, int count) {
    return Awaitility.await()
        .atMost(BackupServiceWorld.PATIENCE)
        .until(() -> world.events(BackupVerified.class), all -> all.size() == count)
        .getLast();
  }

  private static HttpResponse<String> get(
      ConfigurableApplicationContext replica, String user, String path) throws Exception {
    return send(replica, user, path, HttpRequest.newBuilder().GET());
  }

  private static HttpResponse<String> post(
      ConfigurableApplicationContext replica, String user, String path) throws Exception {
    return send(
        replica, user, path, HttpRequest.newBuilder().POST(HttpRequest.BodyPublishers.noBody()));
  }

  private static HttpResponse<String> send(
      ConfigurableApplicationContext replica, String user, String path, HttpRequest.Builder request)
      throws Exception {
    String port = replica.getEnvironment().getRequiredProperty("local.server.port");
    String login = user + ":" + BackupServiceWorld.PASSWORD;
    try (HttpClient client = HttpClient.newHttpClient()) {
      return client.send(
          request
              .uri(URI.create("http://127.0.0.1:" + port + path))
              .header(
                  "Authorization",
                  "Basic " + Base64.getEncoder().encodeToString(login.getBytes(UTF_8)))
              .build(),
          HttpResponse.BodyHandlers.ofString());
    }
  }
}
