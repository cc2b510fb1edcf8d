package io.echopilot.alert.history;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.echopilot.alert.AlertWorld;
import io.echopilot.alert.incident.Decisions;
import io.echopilot.events.EventJson;
import io.echopilot.events.Incident;
import io.echopilot.events.Incident.Entry;
import io.echopilot.events.IncidentCause;
import io.echopilot.events.IncidentEvent.IncidentOpened;
import io.echopilot.events.IncidentId;
import io.echopilot.events.IncidentLevel;
import io.echopilot.events.RecordPosition;
import io.echopilot.events.ServiceId;
import io.echopilot.fleet.LocalPostgres;
import io.echopilot.fleet.process.Signal;
import java.io.IOException;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tools.jackson.databind.JsonNode;

/** From topics to what people ask for later, and all that while the database comes and goes. */
class HistoryTest {
  private static LocalPostgres postgres;
  private static AlertWorld world;

  /** The database is away from the very beginning. */
  @BeforeAll
  static void start(@TempDir Path folder) throws IOException {
    postgres = LocalPostgres.start(folder.resolve("postgres"));
    postgres.stop();
    world = new AlertWorld(folder, AlertWorld.history(folder, postgres));
    await()
        .atMost(AlertWorld.PATIENCE)
        .until(() -> world.ask("GET", "/actuator/health/readiness", "").statusCode() == 200);
    Decisions early = new Decisions("early");
    world.happens(early.started(), early.completed());
    world.awaitTold("early-failover-1", "fallback serves");
    postgres.start();
  }

  @AfterAll
  static void stop() {
    world.close();
    postgres.close();
  }

  @AfterEach
  void mend() {
    if (!postgres.process().isReady()) {
      postgres.start();
    }
  }

  @Test
  void whatHappenedBeforeTheDatabaseWasThereIsInTheHistory() {
    awaitTitle("early-failover-1", "fallback serves");
  }

  @Test
  void anIncidentIsKeptWithAllThatHappenedAndWhoWasTold() throws SQLException {
    Decisions ledger = new Decisions("ledger");
    world.happens(ledger.suspected(), ledger.started());
    world.awaitTold("ledger-failover-2", "traffic goes to fallback");
    world.happens(ledger.completed(), ledger.recovering(), ledger.returning(), ledger.returned());
    world.happens(ledger.observed());
    world.awaitTold("ledger-failover-2", "resolved");

    await()
        .atMost(AlertWorld.PATIENCE)
        .until(() ->
            delivered(story("ledger-failover-2"))
                .contains("slack at " + revision("ledger-failover-2")));
    JsonNode story = story("ledger-failover-2");
    assertThat(story.path("incident").path("resolvedAt").isNull()).isFalse();
    assertThat(story.path("entries").size()).isGreaterThanOrEqualTo(5);
    assertThat(story.path("entries").get(0).path("topic").asString())
        .isEqualTo("echopilot.failover-events");
    assertThat(
            postgres.query(
                "echopilot",
                "SELECT DISTINCT channel FROM alert.deliveries WHERE incident_id = 'ledger-failover-2' ORDER BY 1"))
        .containsExactly("slack", "telegram");
  }

  @Test
  void incidentsAreListedTheNewestFirst() {
    Decisions news = new Decisions("listed");
    world.happens(news.drifted(), news.reasserted());
    awaitResolved("listed-drift-1");

    JsonNode all = json(world.ask("GET", "/api/v1/incidents", "viewer"));
    List<Instant> opened = new ArrayList<>();
    all.forEach(each -> opened.add(Instant.parse(each.path("openedAt").asString())));
    assertThat(opened).isNotEmpty().isSortedAccordingTo((a, b) -> b.compareTo(a));
    assertThat(ids("?service=listed")).containsExactly("listed-drift-1");
    assertThat(ids("?service=listed&from=2100-01-01T00:00:00Z")).isEmpty();
    assertThat(ids("?limit=1")).hasSize(1);
  }

  @ParameterizedTest
  @CsvSource({
    "GET, /api/v1/incidents, '', 401",
    "GET, /api/v1/incidents, stranger, 401",
    "GET, /api/v1/incidents, viewer, 200",
    "GET, /api/v1/incidents, operator, 200",
    "GET, /api/v1/incidents, admin, 200",
    "GET, /api/v1/incidents/none-failover-1, viewer, 404",
    "GET, /api/v1/incidents?limit=0, viewer, 400",
    "GET, /api/v1/incidents?limit=501, viewer, 400",
    "GET, /api/v1/incidents?from=yesterday, viewer, 400",
    "POST, /api/v1/history/rebuild, '', 401",
    "POST, /api/v1/history/rebuild, viewer, 403",
    "POST, /api/v1/history/rebuild, operator, 403",
    "DELETE, /api/v1/incidents, admin, 403",
    "GET, /anything, admin, 403",
    "GET, /actuator/health, '', 200",
    "GET, /actuator/prometheus, '', 200"
  })
  void eachMayDoWhatIsTheirs(String method, String path, String user, int status) {
    assertThat(world.ask(method, path, user).statusCode()).isEqualTo(status);
  }

  @Test
  void whileTheDatabaseIsAwayPeopleAreToldAndTheHistorySaysThatItWaits() {
    postgres.process().kill(Signal.KILL);
    Decisions kiosk = new Decisions("kiosk");
    world.happens(kiosk.started(), kiosk.completed());
    world.awaitTold("kiosk-failover-1", "fallback serves");

    HttpResponse<String> question = world.ask("GET", "/api/v1/incidents", "viewer");
    assertThat(question.statusCode()).isEqualTo(503);
    assertThat(question.headers().firstValue("content-type")).contains("application/problem+json");
    assertThat(question.body()).contains("the history's database does not answer");
    assertThat(world.ask("POST", "/api/v1/history/rebuild", "admin").statusCode()).isEqualTo(503);
    await().until(() -> health().contains("\"history\":{\"status\":\"WAITING\"}"));
    assertThat(health()).contains("\"status\":\"UP\"");
    assertThat(world.ask("GET", "/actuator/health/readiness", "").body())
        .contains("UP")
        .doesNotContain("history");
    await().until(() -> behind() > 0);

    postgres.start();

    awaitTitle("kiosk-failover-1", "fallback serves");
    await().atMost(AlertWorld.PATIENCE).until(() -> behind() == 0);
    assertThat(health()).contains("\"history\":{\"status\":\"UP\"}");
  }

  @Test
  void aDatabaseThatStandsStillIsWaitedForLikeOneThatIsAway() {
    awaitTitle("early-failover-1", "fallback serves");
    postgres.process().kill(Signal.STOP);
    Decisions letters = new Decisions("letters");
    world.happens(letters.started(), letters.completed());
    world.awaitTold("letters-failover-1", "fallback serves");

    assertThat(world.ask("GET", "/api/v1/incidents", "viewer").statusCode()).isEqualTo(503);
    postgres.process().kill(Signal.CONT);

    awaitTitle("letters-failover-1", "fallback serves");
  }

  @Test
  void whatPostgresqlRefusesForWhatItSaysHoldsUpNothing() {
    IncidentOpened hostile = incident("poison-failover-1", "a title with \u0000 in it");
    IncidentOpened next = incident("poison-failover-2", "a title without");
    world.happens(hostile, next);

    awaitTitle("poison-failover-2", "a title without");
    await()
        .atMost(AlertWorld.PATIENCE)
        .until(() ->
            world
                .ask("GET", "/actuator/prometheus", "")
                .body()
                .contains("echopilot_events_dead_lettered_total{topic=\"echopilot.incidents\"}"));
    assertThat(world.ask("GET", "/api/v1/incidents/poison-failover-1", "viewer").statusCode())
        .isEqualTo(404);
  }

  @Test
  void oneCommandWritesItAnewFromTheTopics() throws SQLException {
    Decisions diary = new Decisions("diary");
    world.happens(diary.started(), diary.completed());
    awaitTitle("diary-failover-1", "fallback serves");
    await().atMost(AlertWorld.PATIENCE).until(() -> behind() == 0);
    List<String> before = everything();
    postgres.execute("echopilot", "DROP SCHEMA alert CASCADE");

    JsonNode rebuilt = json(world.ask("POST", "/api/v1/history/rebuild", "admin"));

    assertThat(rebuilt.path("read").asLong()).isGreaterThanOrEqualTo(before.size() / 2);
    assertThat(everything()).containsAll(before);
    // As often as one likes.
    long read = json(world.ask("POST", "/api/v1/history/rebuild", "admin")).path("read").asLong();
    assertThat(read).isGreaterThanOrEqualTo(rebuilt.path("read").asLong());
    assertThat(everything()).containsAll(before);
  }

  @Test
  void aDatabaseThatWasDroppedAndMadeAgainIsFilledAgain() throws SQLException {
    awaitTitle("early-failover-1", "fallback serves");
    postgres.execute("postgres", "DROP DATABASE echopilot WITH (FORCE)");
    postgres.execute("postgres", "CREATE DATABASE echopilot OWNER echopilot");

    HttpResponse<String> rebuilt = world.ask("POST", "/api/v1/history/rebuild", "admin");

    assertThat(rebuilt.statusCode()).as(rebuilt.body()).isEqualTo(200);
    assertThat(title("early-failover-1")).contains("fallback serves");
  }

  private static List<String> everything() throws SQLException {
    List<String> rows = new ArrayList<>();
    for (String table : List.of("incidents", "incident_entries", "deliveries")) {
      rows.addAll(postgres.query("echopilot", "SELECT * FROM alert." + table));
    }
    return rows;
  }

  private static IncidentOpened incident(String id, String title) {
    Instant at = Instant.parse("2026-11-24T03:00:00Z");
    return new IncidentOpened(
        new Incident(
            new IncidentId(id),
            new ServiceId("poison"),
            IncidentCause.HELD,
            IncidentLevel.DEGRADED,
            1,
            title,
            List.of(new Entry(at, "it began", new RecordPosition("t", 0, 1))),
            at,
            at));
  }

  private static JsonNode story(String incident) {
    return json(world.ask("GET", "/api/v1/incidents/" + incident, "viewer"));
  }

  private static String title(String incident) {
    return story(incident).path("incident").path("title").asString("");
  }

  private static int revision(String incident) {
    return story(incident).path("incident").path("revision").asInt();
  }

  private static List<String> delivered(JsonNode story) {
    List<String> delivered = new ArrayList<>();
    story
        .path("deliveries")
        .forEach(each -> {
          if (each.path("outcome").asString().equals("delivered")) {
            delivered.add(
                "%s at %d"
                    .formatted(each.path("channel").asString(), each.path("revision").asInt()));
          }
        });
    return delivered;
  }

  private static void awaitTitle(String incident, String text) {
    await(incident + " in the history says " + text)
        .atMost(AlertWorld.PATIENCE)
        .until(() -> title(incident).contains(text));
  }

  private static void awaitResolved(String incident) {
    await(incident + " is resolved in the history")
        .atMost(AlertWorld.PATIENCE)
        .until(() -> story(incident).path("incident").path("resolvedAt").isString());
  }

  private static List<String> ids(String query) {
    List<String> ids = new ArrayList<>();
    json(world.ask("GET", "/api/v1/incidents" + query, "viewer"))
        .forEach(each -> ids.add(each.path("id").asString()));
    return ids;
  }

  private static String health() {
    return world.ask("GET", "/actuator/health", "").body();
  }

  private static double behind() {
    return world
        .ask("GET", "/actuator/prometheus", "")
        .body()
        .lines()
        .filter(line -> line.startsWith("echopilot_alert_history_behind_seconds "))
        .mapToDouble(line -> Double.parseDouble(line.substring(line.indexOf(' '))))
        .findFirst()
        .orElseThrow();
  }

  private static JsonNode json(HttpResponse<String> answer) {
    return EventJson.mapper().readTree(answer.body());
  }
}
