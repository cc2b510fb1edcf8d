package io.echopilot.fleet;

import io.echopilot.fleet.postgres.PostgresRole;
import io.echopilot.fleet.process.FleetProcess;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.StringJoiner;

/**
 * A PostgreSQL server like the fleet's, by itself: for tests. Its databases are {@code demo}, with
 * some hundred rows, and {@code echopilot}, which is empty; {@link PostgresRole} says who uses
 * them.
 */
public final class LocalPostgres implements AutoCloseable {
  private static final Duration PATIENCE = Duration.ofSeconds(20);

  private final LocalFleet fleet;

  private LocalPostgres(LocalFleet fleet) {
    this.fleet = fleet;
  }

  /**
   * Starts one on a free port and waits until it is ready.
   *
   * @param folder for its data, logs and passwords; what an earlier one left there is kept
   */
  public static LocalPostgres start(Path folder) {
    return new LocalPostgres(
        LocalFleet.start(FleetOptions.in(folder, Ports.free()).withOnly(Part.POSTGRES)));
  }

  public String host() {
    return "127.0.0.1";
  }

  /** The same until it is closed. */
  public int port() {
    return fleet.ports().of(Port.POSTGRES);
  }

  /** Holds the role's password in its one line. */
  public Path passwordFile(PostgresRole role) {
    return Secrets.postgresPassword(fleet.home(), role);
  }

  public String password(PostgresRole role) {
    try {
      return Files.readString(passwordFile(role)).strip();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Runs statements, with semicolons between them, as {@link PostgresRole#SUPERUSER}. */
  public void execute(String database, String sql) throws SQLException {
    try (Connection connection = connect(database, PostgresRole.SUPERUSER);
        Statement statement = connection.createStatement()) {
      statement.execute(sql);
    }
  }

  /** What a query yields: a line per row, its columns joined by {@code |}. */
  public List<String> query(String database, String sql) throws SQLException {
    try (Connection connection = connect(database, PostgresRole.SUPERUSER);
        Statement statement = connection.createStatement();
        ResultSet rows = statement.executeQuery(sql)) {
      List<String> lines = new ArrayList<>();
      while (rows.next()) {
        StringJoiner line = new StringJoiner("|");
        for (int column = 1; column <= rows.getMetaData().getColumnCount(); column++) {
          line.add(String.valueOf((Object) rows.getString(column)));
        }
        lines.add(line.toString());
      }
      return lines;
    }
  }

  /** The caller closes it. */
  public Connection connect(String database, PostgresRole role) throws SQLException {
    return DriverManager.getConnection(
        "jdbc:postgresql://%s:%d/%s".formatted(host(), port(), database),
        role.login(),
        password(role));
  }

  /** To be hit with signals. */
  public FleetProcess process() {
    return fleet.postgres();
  }

  /** Its clients are cut off. */
  public void stop() {
    process().stop(PATIENCE);
  }

  /** Starts it again, with its data, after it was stopped or killed; waits until it is ready. */
  public void start() {
    process().restart();
    process().awaitReady(PATIENCE);
  }

  /** Stops it for good; its files stay. */
  @Override
  public void close() {
    fleet.stop();
  }
}
