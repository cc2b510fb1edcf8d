package io.echopilot.alert.history;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import io.echopilot.alert.AlertProperties.History;
import io.echopilot.events.AlertEvent.AlertDelivered;
import io.echopilot.events.AlertEvent.AlertDeliveryFailed;
import io.echopilot.events.AlertEvent.AlertRequested;
import io.echopilot.events.ChannelId;
import io.echopilot.events.Event;
import io.echopilot.events.EventEnvelope;
import io.echopilot.events.Incident;
import io.echopilot.events.Incident.Entry;
import io.echopilot.events.IncidentCause;
import io.echopilot.events.IncidentEvent.IncidentOpened;
import io.echopilot.events.IncidentEvent.IncidentResolved;
import io.echopilot.events.IncidentEvent.IncidentUpdated;
import io.echopilot.events.IncidentId;
import io.echopilot.events.IncidentLevel;
import io.echopilot.events.RecordPosition;
import io.echopilot.events.ServiceId;
import io.echopilot.fleet.LocalPostgres;
import io.echopilot.fleet.postgres.PostgresRole;
import io.r2dbc.postgresql.client.SSLMode;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** On a real PostgreSQL. */
class HistoryWriterTest {
  private static final Instant OPENED = Instant.parse("2026-11-24T03:00:00.123456Z");
  private static final ChannelId SLACK = new ChannelId("slack");

  private static LocalPostgres postgres;
  private HistoryDatabase database;
  private HistoryWriter writer;

  @BeforeAll
  static void startPostgres(@TempDir Path folder) {
    postgres = LocalPostgres.start(folder);
  }

  @AfterAll
  static void stopPostgres() {
    postgres.close();
  }

  @BeforeEach
  void connect() throws SQLException {
    postgres.execute("echopilot", "DROP SCHEMA IF EXISTS alert CASCADE");
    database =
        new HistoryDatabase(
            new History(
                postgres.host(),
                postgres.port(),
                "echopilot",
                "echopilot",
                postgres.passwordFile(PostgresRole.ECHOPILOT),
                SSLMode.PREFER));
    writer = new HistoryWriter(database);
  }

  @AfterEach
  void disconnect() {
    database.close();
  }

  @Test
  void theNewestStateAndEverythingThatHappenedAreKept() throws SQLException {
    write(new IncidentOpened(incident(1, "primary is down", 1)));
    write(new IncidentUpdated(incident(2, "fallback serves", 2)));
    write(new IncidentResolved(incident(3, "all is well", 3)));

    assertThat(
            postgres.query(
                "echopilot",
                "SELECT id, service, cause, level, title, opened_at, resolved_at, revision FROM alert.incidents"))
        .containsExactly(
            "shop-failover-1|shop|failover|partial-outage|all is well"
                + "|2026-11-24 03:00:00.123456+00|2026-11-24 03:00:03.123456+00|3");
    assertThat(postgres.query("echopilot", "SELECT text FROM alert.incident_entries ORDER BY at"))
        .containsExactly("step 1", "step 2", "step 3");
  }

  @Test
  void entriesThatAnEventNoLongerCarriesStay() throws SQLException {
    write(new IncidentOpened(incident(1, "title", Incident.MOST_ENTRIES)));
    List<Entry> later = new ArrayList<>(entries(Incident.MOST_ENTRIES + 5));
    later.subList(1, 6).clear();
    write(new IncidentUpdated(incident(2, "title", later)));

    assertThat(postgres.query("echopilot", "SELECT count(*) FROM alert.incident_entries"))
        .containsExactly(Integer.toString(Incident.MOST_ENTRIES + 5));
  }

  @Test
  void theSameRecordAgainChangesNothing() throws SQLException {
    List<Event> events =
        List.of(
            new IncidentOpened(incident(1, "primary is down", 1)),
            new IncidentUpdated(incident(2, "fallback serves", 2)),
            new AlertRequested(SLACK, incident(1, "primary is down", 1), false, 1, 1, null, null),
            failed(1),
            new AlertRequested(SLACK, incident(2, "fallback serves", 2), false, 1, 2, null, null),
            delivered(2));
    write(events);
    List<String> before = everything();

    write(events);
    write(events.reversed());

    assertThat(everything()).isEqualTo(before);
  }

  @Test
  void anOlderRevisionNeverOverwritesANewerOne() throws SQLException {
    write(new IncidentResolved(incident(3, "all is well", 3)));
    List<String> before = postgres.query("echopilot", "SELECT *, xmin FROM alert.incidents");

    write(new IncidentUpdated(incident(2, "fallback serves", 2)));

    assertThat(postgres.query("echopilot", "SELECT *, xmin FROM alert.incidents"))
        .isEqualTo(before);
  }

  @Test
  void aDeliveryIsOneRowWhicheverOfItsRecordsComesFirst() throws SQLException {
    write(7, delivered(1));
    write(
        6,
        new AlertRequested(SLACK, incident(2, "fallback serves", 2), true, 1, 1, "170.01", null));

    assertThat(
            postgres.query(
                "echopilot",
                """
                SELECT incident_id, channel, delivery, attempt, revision, resolved, edits, outcome,
                       message FROM alert.deliveries
                """))
        .containsExactly("shop-failover-1|slack|1|1|2|t|170.01|delivered|170.02");
  }

  @Test
  void ofTwoResultsOfOneAttemptTheLaterRecordCounts() throws SQLException {
    write(9, delivered(1));
    write(8, failed(1));

    assertThat(postgres.query("echopilot", "SELECT outcome, reason FROM alert.deliveries"))
        .containsExactly("delivered|null");
  }

  @Test
  void whatAChannelRefusedOrPutOffIsKeptWithItsReason() throws SQLException {
    write(failed(1));
    write(
        new AlertDeliveryFailed(
            SLACK,
            new IncidentId("shop-failover-1"),
            1,
            1,
            2,
            "not_in_channel",
            true,
            null,
            OPENED));

    assertThat(
            postgres.query(
                "echopilot",
                "SELECT attempt, outcome, reason, retry_after FROM alert.deliveries ORDER BY attempt"))
        .containsExactly("1|failed|HTTP 429|00:00:20", "2|refused|not_in_channel|null");
  }

  @Test
  void aTextThatPostgresqlCannotHoldIsTheRecordsFaultAndNotTheDatabases() {
    for (Incident hostile :
        List.of(
            incident(1, "title with \u0000", 1),
            incident(
                1,
                "title",
                List.of(new Entry(OPENED, "entry with \u0000", new RecordPosition("t", 0, 1)))))) {
      Throwable failure = catchThrowable(() -> write(new IncidentOpened(hostile)));

      assertThat(failure).isNotNull();
      assertThat(Failures.isOfState(failure)).as("%s", failure).isFalse();
    }
  }

  @Test
  void aLongStoryIsKeptWhole() throws SQLException {
    String text = "&\"'\\ü漢🟠".repeat(2_000);
    write(
        new IncidentOpened(
            incident(1, text, List.of(new Entry(OPENED, text, new RecordPosition("t", 0, 1))))));

    assertThat(postgres.query("echopilot", "SELECT text FROM alert.incident_entries"))
        .containsExactly(text);
  }

  @Test
  void aDatabaseThatIsAwayIsNotTheRecordsFault() throws SQLException {
    write(new IncidentOpened(incident(1, "primary is down", 1)));
    postgres.stop();
    Throwable failure =
        catchThrowable(() -> write(new IncidentUpdated(incident(2, "fallback serves", 2))));
    postgres.start();

    assertThat(failure).isNotNull();
    assertThat(Failures.isOfState(failure)).as("%s", failure).isTrue();
  }

  @Test
  void tablesThatSomebodyDroppedAreMadeAgain() throws SQLException {
    write(new IncidentOpened(incident(1, "primary is down", 1)));
    postgres.execute("echopilot", "DROP SCHEMA alert CASCADE");

    write(new IncidentUpdated(incident(2, "fallback serves", 2)));

    assertThat(postgres.query("echopilot", "SELECT revision FROM alert.incidents"))
        .containsExactly("2");
  }

  private static List<String> everything() throws SQLException {
    List<String> rows = new ArrayList<>();
    for (String table : List.of("incidents", "incident_entries", "deliveries")) {
      // A row's transaction: one that was written anew has another.
      rows.addAll(
          postgres.query(
              "echopilot", "SELECT *, xmin FROM alert.%s AS t ORDER BY t".formatted(table)));
    }
    return rows;
  }

  private void write(List<Event> events) {
    events.forEach(this::write);
  }

  private void write(Event event) {
    write(event instanceof AlertDelivered ? 2 : 1, event);
  }

  private void write(long offset, Event event) {
    writer
        .write(
            new EventEnvelope<>("id", "/test", OPENED, EventEnvelope.newTraceparent(), event),
            offset)
        .block(Duration.ofSeconds(20));
  }

  private static AlertDelivered delivered(int attempt) {
    return new AlertDelivered(
        SLACK, new IncidentId("shop-failover-1"), 2, 1, attempt, "170.02", OPENED);
  }

  private static AlertDeliveryFailed failed(int attempt) {
    return new AlertDeliveryFailed(
        SLACK,
        new IncidentId("shop-failover-1"),
        1,
        1,
        attempt,
        "HTTP 429",
        false,
        Duration.ofSeconds(20),
        OPENED);
  }

  private static Incident incident(int revision, String title, int steps) {
    return incident(revision, title, entries(steps));
  }

  private static Incident incident(int revision, String title, List<Entry> entries) {
    return new Incident(
        new IncidentId("shop-failover-1"),
        new ServiceId("shop"),
        IncidentCause.FAILOVER,
        IncidentLevel.PARTIAL_OUTAGE,
        revision,
        title,
        entries,
        OPENED,
        entries.getLast().at());
  }

  private static List<Entry> entries(int steps) {
    return IntStream.rangeClosed(1, steps)
        .mapToObj(step ->
            new Entry(
                OPENED.plusSeconds(step),
                "step " + step,
                new RecordPosition("echopilot.failover-events", 0, step)))
        .toList();
  }
}
