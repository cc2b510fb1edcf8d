package io.echopilot.backup.postgres;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.echopilot.events.BackupId;
import java.io.IOException;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.util.UUID;
import java.util.concurrent.TimeUnit;

/**
 * The right to make a backup, which the source's server gives to one session at a time and takes
 * back when that ends, however it ends. Kafka may give a request to another replica while the first
 * is still at it.
 */
public final class Hold implements AutoCloseable {
  private static final Duration LONGEST = Duration.ofMinutes(1);
  private static final long PAUSE_MILLIS = 200;

  private final Connection connection;

  private Hold(Connection connection) {
    this.connection = connection;
  }

  /** Waits until no other replica has it. */
  public static Hold of(Database source, BackupId backup, Deadline deadline)
      throws SQLException, IOException, ToolFailure, InterruptedException {
    Connection connection = source.connect("backup-service", LONGEST, LONGEST);
    try {
      while (!isTaken(connection, backup)) {
        deadline.left();
        TimeUnit.MILLISECONDS.sleep(PAUSE_MILLIS);
      }
      return new Hold(connection);
    } catch (SQLException | ToolFailure | InterruptedException e) {
      connection.close();
      throw e;
    }
  }

  private static boolean isTaken(Connection connection, BackupId backup) throws SQLException {
    try (PreparedStatement statement =
        connection.prepareStatement("select pg_try_advisory_lock(?)")) {
      statement.setLong(
          1, UUID.nameUUIDFromBytes(backup.value().getBytes(UTF_8)).getMostSignificantBits());
      try (ResultSet row = statement.executeQuery()) {
        return row.next() && row.getBoolean(1);
      }
    }
  }

  @Override
  public void close() {
    try {
      connection.close();
    } catch (SQLException _) {
      // what does not answer any more holds nothing
    }
  }
}
