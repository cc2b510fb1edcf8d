package io.echopilot.backup.postgres;

import java.io.IOException;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.List;
import java.util.Objects;

/**
 * A database at one moment. The dump and the reading of what it holds see the same, whatever is
 * written meanwhile; all tables are held against being emptied or altered until it is closed.
 */
public final class Snapshot implements AutoCloseable {
  private static final String TABLE_IS_HELD = "55P03";

  private final Connection connection;
  private final String id;

  /**
   * How the server makes such a database.
   *
   * @param version of the server
   */
  public record Kind(String version, String encoding, String collate, String ctype) {}

  private Snapshot(Connection connection, String id) {
    this.connection = connection;
    this.id = id;
  }

  /**
   * Takes it now.
   *
   * @param longest time for one statement
   * @param lockWait longest wait for a table that somebody holds
   */
  public static Snapshot of(
      Database database, String application, Duration longest, Duration lockWait)
      throws SQLException, IOException {
    Connection connection = database.connect(application, longest, lockWait);
    try {
      connection.setAutoCommit(false);
      connection.setReadOnly(true);
      connection.setTransactionIsolation(Connection.TRANSACTION_REPEATABLE_READ);
      String id = one(connection, "select pg_export_snapshot()");
      for (String table : Contents.tables(connection)) {
        hold(connection, table, lockWait);
      }
      return new Snapshot(connection, id);
    } catch (SQLException e) {
      connection.close();
      throw e;
    }
  }

  private static void hold(Connection connection, String table, Duration lockWait)
      throws SQLException {
    try (Statement statement = connection.createStatement()) {
      statement.execute("lock table only %s in access share mode".formatted(table));
    } catch (SQLException e) {
      if (TABLE_IS_HELD.equals(e.getSQLState())) {
        throw new SQLException(
            "somebody held table %s for more than %s; pg_locks shows who"
                .formatted(table, lockWait),
            TABLE_IS_HELD,
            e);
      }
      throw e;
    }
  }

  /** By which other sessions see the same. */
  String id() {
    return id;
  }

  public Kind kind() throws SQLException {
    return new Kind(
        one(connection, "show server_version"),
        one(
            connection,
            "select pg_encoding_to_char(encoding) from pg_database where datname = current_database()"),
        one(connection, "select datcollate from pg_database where datname = current_database()"),
        one(connection, "select datctype from pg_database where datname = current_database()"));
  }

  public Contents contents(List<String> queries) throws SQLException {
    return Contents.read(connection, queries);
  }

  private static String one(Connection connection, String query) throws SQLException {
    try (Statement statement = connection.createStatement();
        ResultSet row = statement.executeQuery(query)) {
      row.next();
      return Objects.requireNonNull(row.getString(1), query);
    }
  }

  @Override
  public void close() throws SQLException {
    connection.close();
  }
}
