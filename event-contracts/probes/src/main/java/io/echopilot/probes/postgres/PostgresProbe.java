package io.echopilot.probes.postgres;

import io.echopilot.events.ProbeError;
import io.echopilot.events.ProbeError.Kind;
import io.echopilot.probes.Finding;
import io.echopilot.probes.Probe;
import io.echopilot.probes.ProbeContext;
import io.echopilot.probes.Runs;
import io.echopilot.probes.Secrets.MissingSecretException;
import io.echopilot.probes.Stopwatch;
import io.echopilot.probes.Target;
import io.r2dbc.postgresql.PostgresqlConnectionConfiguration;
import io.r2dbc.postgresql.PostgresqlConnectionFactory;
import io.r2dbc.postgresql.api.PostgresqlConnection;
import io.r2dbc.spi.R2dbcException;
import io.r2dbc.spi.Readable;
import java.math.BigDecimal;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Mono;

/** One session, one query, one row. */
final class PostgresProbe implements Probe {
  private static final int MOST_SHOWN = 100;

  /** SQLSTATE class 28, invalid authorization specification. */
  private static final String LOGIN_REFUSED = "28";

  /** SQLSTATE class 08, connection exception: the network tells more. */
  private static final String CONNECTION = "08";

  private final PostgresCheck check;
  private final Target target;
  private final ProbeContext context;

  PostgresProbe(PostgresCheck check, Target target, ProbeContext context) {
    this.check = check;
    this.target = target;
    this.context = context;
  }

  @Override
  public CompletableFuture<Finding> run() {
    Login login;
    try {
      login = Login.of(check, target.url(), context.secrets());
    } catch (MissingSecretException e) {
      return Probe.never(String.valueOf(e.getMessage())).run();
    }
    return Runs.of(login.endpoint(), target.timeout(), stopwatch -> look(login, stopwatch));
  }

  private Mono<Finding> look(Login login, Stopwatch stopwatch) {
    return Mono.usingWhen(
            factory(login).create(),
            session -> {
              stopwatch.connected();
              stopwatch.requested();
              return ask(session).doOnNext(_ -> stopwatch.answered());
            },
            PostgresqlConnection::close)
        .map(answer -> judge(answer, stopwatch))
        .onErrorResume(
            R2dbcException.class,
            e ->
                refusal(e, login)
                    .map(error -> Finding.of(error, stopwatch.phases()))
                    .map(Mono::just)
                    .orElseGet(() -> Mono.error(e)));
  }

  private PostgresqlConnectionFactory factory(Login login) {
    return new PostgresqlConnectionFactory(
        PostgresqlConnectionConfiguration.builder()
            .applicationName("echopilot-prober")
            .host(login.endpoint().host())
            .port(login.endpoint().port())
            .database(login.database())
            .username(login.user())
            .password(login.password())
            .sslMode(login.mode())
            .connectTimeout(target.timeout())
            .statementTimeout(target.timeout())
            .maxMessageSize(context.mostBody())
            .fetchSize(1)
            .autodetectExtensions(false)
            .options(Map.of("default_transaction_read_only", "on"))
            .loopResources(context.loops())
            .build());
  }

  /** What stands in the first column of the first row; empty when there is no row. */
  private Mono<Optional<Object>> ask(PostgresqlConnection session) {
    return session
        .createStatement(Objects.requireNonNull(check.query()))
        .execute()
        .flatMap(result -> result.map(PostgresProbe::first))
        .next()
        .defaultIfEmpty(NO_ROW)
        .map(value -> value == NO_ROW ? Optional.empty() : Optional.of(value));
  }

  private static final Object NO_ROW = new Object();

  private static Object first(Readable row) {
    Object value = row.get(0);
    return value == null ? "null" : value;
  }

  private Finding judge(Optional<Object> answer, Stopwatch stopwatch) {
    Map<String, Double> numbers =
        answer.isPresent() && answer.get() instanceof Number number
            ? Map.of("value", number.doubleValue())
            : Map.of();
    return new Finding(error(answer), null, null, numbers, List.of(), stopwatch.phases());
  }

  private @Nullable ProbeError error(Optional<Object> answer) {
    if (answer.isEmpty()) {
      return new ProbeError(Kind.ANSWER, "the query yields no row");
    }
    Object expect = check.expect();
    if (expect == null || isSame(expect, answer.get())) {
      return null;
    }
    String shown = answer.get().toString();
    return new ProbeError(
        Kind.ANSWER,
        "expected the query to yield %s, got %s"
            .formatted(
                expect,
                shown.length() <= MOST_SHOWN ? shown : shown.substring(0, MOST_SHOWN) + "…"));
  }

  private static boolean isSame(Object expected, Object actual) {
    return (expected instanceof Number && actual instanceof Number)
        ? new BigDecimal(expected.toString()).compareTo(new BigDecimal(actual.toString())) == 0
        : expected.toString().equals(actual.toString());
  }

  /** What the server itself said; empty when it did not come to that. */
  private static Optional<ProbeError> refusal(R2dbcException e, Login login) {
    String state = String.valueOf(e.getSqlState());
    if (e.getSqlState() == null || state.startsWith(CONNECTION)) {
      return Optional.empty();
    }
    return Optional.of(
        state.startsWith(LOGIN_REFUSED)
            ? new ProbeError(Kind.LOGIN, "%s may not log in: %s".formatted(login, e.getMessage()))
            : new ProbeError(Kind.ANSWER, "the query failed: " + e.getMessage()));
  }
}
