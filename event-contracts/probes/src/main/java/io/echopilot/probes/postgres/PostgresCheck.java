package io.echopilot.probes.postgres;

import io.echopilot.probes.Endpoint;
import io.echopilot.probes.SecretRef;
import org.jspecify.annotations.Nullable;

/**
 * A query that must be answered.
 *
 * @param connection secret with the whole address, {@code postgresql://user:password@host:5432/db};
 *     null where the fields after it say where
 * @param host that of the site when it is null
 * @param port 5432 when it is null
 * @param sslmode as libpq has it, {@code prefer} when it is null
 * @param query {@code select 1} when it is null; runs in a transaction that only reads
 * @param expect what stands in the first column of the first row; null when any row will do
 */
public record PostgresCheck(
    @Nullable SecretRef connection,
    @Nullable String host,
    @Nullable Integer port,
    @Nullable String database,
    @Nullable String user,
    @Nullable SecretRef password,
    @Nullable String sslmode,
    @Nullable String query,
    @Nullable Object expect) {
  public PostgresCheck {
    Endpoint.check("postgres", host, port);
    boolean parts = database != null && user != null && password != null;
    if (connection == null && !parts) {
      throw new IllegalArgumentException(
          "postgres needs connection: secret:NAME, or database, user and password");
    }
    if (connection != null
        && (host != null || port != null || database != null || user != null || password != null)) {
      throw new IllegalArgumentException(
          "postgres.connection says it all; leave out host, port, database, user and password");
    }
    if (sslmode != null) {
      Login.mode(sslmode);
    }
    query = query == null ? "select 1" : query;
    if (query.isBlank()) {
      throw new IllegalArgumentException(
          "postgres.query must not be empty; leave it out for select 1");
    }
    boolean scalar =
        expect == null
            || expect instanceof String
            || expect instanceof Number
            || expect instanceof Boolean;
    if (!scalar) {
      throw new IllegalArgumentException(
          "postgres.expect must be a text, a number, true or false, but is " + expect);
    }
  }
}
