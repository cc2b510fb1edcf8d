package io.echopilot.systemtests;

import io.echopilot.events.EventJson;
import io.echopilot.events.IncidentEvent;
import io.echopilot.fleet.LocalFleet;
import io.echopilot.fleet.Port;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import tools.jackson.databind.JsonNode;

/** What alert-service has written down: as people are told it, and as it stands in its tables. */
final class History {
  private final World world;

  History(World world) {
    this.world = world;
  }

  /** Whether people who ask are told each incident's newest revision, and all that happened. */
  boolean isCompleteFor(List<IncidentEvent> events) {
    return events.stream()
        .collect(Collectors.groupingBy(event -> event.incident().id()))
        .values()
        .stream()
        .allMatch(this::isTold);
  }

  private boolean isTold(List<IncidentEvent> events) {
    JsonNode story =
        EventJson.mapper()
            .readTree(
                world.alerts("GET", "/api/v1/incidents/" + events.getFirst().subject(), "viewer"));
    Set<String> texts = new HashSet<>();
    story.path("entries").forEach(entry -> texts.add(entry.path("text").asString("")));
    return story.path("incident").path("revision").asInt() == events.getLast().incident().revision()
        && events.stream()
            .flatMap(event -> event.incident().entries().stream())
            .allMatch(entry -> texts.contains(entry.text()));
  }

  boolean nothingIsUnderWay() {
    try {
      return query("SELECT 1 FROM alert.deliveries WHERE outcome = 'requested'").isEmpty();
    } catch (SQLException _) {
      return false;
    }
  }

  List<String> rows() throws SQLException {
    List<String> rows = new ArrayList<>();
    for (String table : List.of("incidents", "incident_entries", "deliveries")) {
      rows.addAll(query("SELECT CAST(t AS text) FROM alert.%s AS t ORDER BY t".formatted(table)));
    }
    return rows;
  }

  void drop() throws SQLException {
    try (Connection connection = connect();
        Statement statement = connection.createStatement()) {
      statement.execute("DROP SCHEMA alert CASCADE");
    }
  }

  private List<String> query(String sql) throws SQLException {
    try (Connection connection = connect();
        Statement statement = connection.createStatement();
        ResultSet rows = statement.executeQuery(sql)) {
      List<String> values = new ArrayList<>();
      while (rows.next()) {
        values.add(rows.getString(1));
      }
      return values;
    }
  }

  private Connection connect() throws SQLException {
    LocalFleet fleet = world.fleet;
    try {
      return DriverManager.getConnection(
          "jdbc:postgresql://127.0.0.1:%d/echopilot".formatted(fleet.ports().of(Port.POSTGRES)),
          "echopilot",
          Files.readString(fleet.home().secrets().resolve("postgres-echopilot.password")).strip());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
