package io.echopilot.backup.postgres;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.echopilot.backup.BackupProperties.Server;
import java.io.IOException;
import java.net.URLEncoder;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.Map;
import java.util.Properties;

/** A database and how to log in there; whatever its name, it is never part of a command line. */
public record Database(
    String host, int port, String name, String user, Path passwordFile, String sslMode) {
  private static final int CONNECT_SECONDS = 10;

  public static Database of(Server server) {
    return new Database(
        server.host(),
        server.port(),
        server.database(),
        server.user(),
        server.passwordFile(),
        server.sslMode());
  }

  /** Another database of the same server. */
  public Database named(String other) {
    return new Database(host, port, other, user, passwordFile, sslMode);
  }

  /**
   * What the tools read of their environment.
   *
   * @param application by which the server knows them
   */
  Map<String, String> environment(String application) throws IOException {
    return Map.of(
        "PGHOST", host,
        "PGPORT", Integer.toString(port),
        "PGDATABASE", name,
        "PGUSER", user,
        "PGPASSWORD", password(),
        "PGSSLMODE", sslMode,
        "PGAPPNAME", application,
        "PGCONNECT_TIMEOUT", Integer.toString(CONNECT_SECONDS));
  }

  /**
   * A session, which prints values in one way whatever the server's settings are.
   *
   * @param application by which the server knows it
   * @param longest time for one statement
   * @param lockWait longest wait for a lock
   */
  public Connection connect(String application, Duration longest, Duration lockWait)
      throws SQLException, IOException {
    Connection connection = DriverManager.getConnection(url(), properties(application));
    try (Statement statement = connection.createStatement()) {
      statement.execute(
          "set DateStyle = 'ISO, MDY'; set IntervalStyle = 'postgres'; set TimeZone = 'UTC';"
              + " set extra_float_digits = 1; set bytea_output = 'hex'; set row_security = off;"
              + " set idle_in_transaction_session_timeout = 0;"
              + " set statement_timeout = %d; set lock_timeout = %d"
                  .formatted(longest.toMillis(), lockWait.toMillis()));
      return connection;
    } catch (SQLException e) {
      connection.close();
      throw e;
    }
  }

  private String url() {
    String where = host.contains(":") ? "[" + host + "]" : host;
    return "jdbc:postgresql://%s:%d/%s".formatted(where, port, URLEncoder.encode(name, UTF_8));
  }

  private Properties properties(String application) throws IOException {
    Properties properties = new Properties();
    properties.setProperty("user", user);
    properties.setProperty("password", password());
    properties.setProperty("sslmode", sslMode);
    properties.setProperty("ApplicationName", application);
    properties.setProperty("connectTimeout", Integer.toString(CONNECT_SECONDS));
    properties.setProperty("loginTimeout", Integer.toString(CONNECT_SECONDS));
    properties.setProperty("tcpKeepAlive", "true");
    return properties;
  }

  private String password() throws IOException {
    try {
      return Files.readString(passwordFile).strip();
    } catch (NoSuchFileException e) {
      throw new IOException("the password file %s is not there".formatted(passwordFile), e);
    }
  }

  /** Where it is, for a person. */
  @Override
  public String toString() {
    return "database %s on %s:%d as %s".formatted(name, host, port, user);
  }
}
