package io.echopilot.alert.history;

import io.echopilot.alert.AlertProperties.History;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import org.flywaydb.core.Flyway;
import reactor.core.publisher.Mono;
import reactor.core.scheduler.Schedulers;

/** Makes the tables, and changes them when a later version wants others. */
final class HistorySchema {
  private final History history;
  private volatile boolean current;

  HistorySchema(History history) {
    this.history = history;
  }

  /** Empty once the tables are there; an error when they can't be made now. */
  Mono<Void> ready() {
    return current
        ? Mono.empty()
        : Mono.<Void>fromRunnable(this::migrate).subscribeOn(Schedulers.boundedElastic());
  }

  /** Somebody has dropped them. */
  void isGone() {
    current = false;
  }

  private synchronized void migrate() {
    if (current) {
      return;
    }
    Flyway.configure()
        .dataSource(
            "jdbc:postgresql://%s:%d/%s"
                .formatted(history.host(), history.port(), history.database()),
            history.user(),
            HistoryDatabase.password(history.passwordFile()))
        .jdbcProperties(jdbc())
        .schemas(HistoryDatabase.SCHEMA)
        .locations("classpath:db/history")
        .load()
        .migrate();
    current = true;
  }

  private Map<String, String> jdbc() {
    String connect = Long.toString(HistoryDatabase.CONNECT.toSeconds());
    Map<String, String> properties = new HashMap<>();
    properties.put("connectTimeout", connect);
    properties.put("loginTimeout", connect);
    properties.put("socketTimeout", "30");
    properties.put("sslmode", history.sslMode().name().toLowerCase(Locale.ROOT).replace('_', '-'));
    properties.put("ApplicationName", "alert-service");
    return properties;
  }
}
