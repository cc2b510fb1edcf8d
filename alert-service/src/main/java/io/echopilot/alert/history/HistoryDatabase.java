package io.echopilot.alert.history;

import io.echopilot.alert.AlertProperties.History;
import io.r2dbc.pool.ConnectionPool;
import io.r2dbc.pool.ConnectionPoolConfiguration;
import io.r2dbc.postgresql.PostgresqlConnectionConfiguration;
import io.r2dbc.postgresql.PostgresqlConnectionFactory;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.function.Function;
import org.springframework.r2dbc.core.DatabaseClient;
import reactor.core.publisher.Mono;

/** The database, which is not asked before there is something to write or to read. */
final class HistoryDatabase implements AutoCloseable {
  static final String SCHEMA = "alert";
  static final Duration CONNECT = Duration.ofSeconds(2);

  /** A server that stands still keeps its connections and answers nothing on them. */
  private static final Duration PATIENCE = Duration.ofSeconds(10);

  private static final int CONNECTIONS = 4;

  private final ConnectionPool pool;
  private final DatabaseClient client;
  private final HistorySchema schema;

  HistoryDatabase(History history) {
    PostgresqlConnectionFactory connections =
        new PostgresqlConnectionFactory(
            PostgresqlConnectionConfiguration.builder()
                .applicationName("alert-service")
                .host(history.host())
                .port(history.port())
                .database(history.database())
                .username(history.user())
                .password(() -> password(history.passwordFile()))
                .sslMode(history.sslMode())
                .schema(SCHEMA)
                .connectTimeout(CONNECT)
                .build());
    pool =
        new ConnectionPool(
            ConnectionPoolConfiguration.builder(connections)
                .initialSize(0)
                .minIdle(0)
                .maxSize(CONNECTIONS)
                .maxAcquireTime(CONNECT.multipliedBy(2))
                .maxIdleTime(Duration.ofMinutes(5))
                .build());
    client = DatabaseClient.create(pool);
    schema = new HistorySchema(history);
  }

  /** What it does may be done twice: when the tables turn out to be gone, they are made again. */
  <T> Mono<T> with(Function<DatabaseClient, Mono<T>> work) {
    Mono<T> done =
        Mono.defer(schema::ready).then(Mono.defer(() -> work.apply(client)).timeout(PATIENCE));
    return done.onErrorResume(
        Failures::isOfMissingTables,
        _ -> {
          schema.isGone();
          return done;
        });
  }

  static String password(Path file) {
    try {
      return Files.readString(file).strip();
    } catch (IOException e) {
      throw new UncheckedIOException("can't read " + file, e);
    }
  }

  @Override
  public void close() {
    pool.dispose();
  }
}
