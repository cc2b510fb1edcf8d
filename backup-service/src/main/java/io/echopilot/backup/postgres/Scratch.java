package io.echopilot.backup.postgres;

import java.io.IOException;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/**
 * The scratch database of one backup.
 *
 * @param server where it is made; its database is only connected to
 */
public record Scratch(Database server, RunNames names) {
  private static final Duration LONGEST = Duration.ofMinutes(1);

  public Database database() {
    return server.named(names.scratch());
  }

  /** Creates it, empty; one that was left is dropped first. */
  public void create(Snapshot.Kind kind) throws SQLException, IOException {
    drop();
    try (Connection connection = connect(server);
        Statement statement = connection.createStatement()) {
      statement.execute(
          "create database %s template template0 encoding %s lc_collate %s lc_ctype %s"
              .formatted(
                  names.scratch(),
                  statement.enquoteLiteral(kind.encoding()),
                  statement.enquoteLiteral(kind.collate()),
                  statement.enquoteLiteral(kind.ctype())));
    }
  }

  /**
   * Drops it; says whether it was there. Only our own sessions are ended by force: to end an
   * autovacuum worker that way takes a superuser, while DROP DATABASE alone makes it yield.
   */
  public boolean drop() throws SQLException, IOException {
    try (Connection connection = connect(server);
        Statement statement = connection.createStatement()) {
      if (!isThere(connection)) {
        return false;
      }
      endSessions(connection);
      statement.execute("drop database if exists " + names.scratch());
      return true;
    }
  }

  private boolean isThere(Connection connection) throws SQLException {
    try (PreparedStatement there =
        connection.prepareStatement("select from pg_database where datname = ?")) {
      there.setString(1, names.scratch());
      try (ResultSet row = there.executeQuery()) {
        return row.next();
      }
    }
  }

  private void endSessions(Connection connection) throws SQLException {
    try (PreparedStatement end =
        connection.prepareStatement(
            """
            select pg_terminate_backend(pid) from pg_stat_activity
            where datname = ? and usename = current_user
            """)) {
      end.setString(1, names.scratch());
      end.execute();
    }
  }

  /**
   * Ends what a killed start of the same backup left running: a tool does not end with the process
   * that began it.
   *
   * @return what was ended, for a person
   */
  public static List<String> endSessions(Database server, RunNames names)
      throws SQLException, IOException {
    List<String> ended = new ArrayList<>();
    try (Connection connection = connect(server);
        PreparedStatement statement =
            connection.prepareStatement(
                """
                select pid, pg_terminate_backend(pid) from pg_stat_activity
                where application_name = ? and usename = current_user
                """)) {
      statement.setString(1, names.application());
      try (ResultSet rows = statement.executeQuery()) {
        while (rows.next()) {
          ended.add(
              "session %d of %s on %s:%d"
                  .formatted(rows.getInt(1), names.application(), server.host(), server.port()));
        }
      }
    }
    return ended;
  }

  private static Connection connect(Database server) throws SQLException, IOException {
    return server.connect("backup-service", LONGEST, LONGEST);
  }
}
