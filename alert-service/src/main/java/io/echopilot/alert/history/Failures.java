package io.echopilot.alert.history;

import io.r2dbc.spi.R2dbcException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.TimeoutException;
import java.util.stream.Stream;
import org.flywaydb.core.api.FlywayException;

/**
 * What a failure is about.
 *
 * @see <a href="https://www.postgresql.org/docs/current/errcodes-appendix.html">PostgreSQL Error
 *     Codes</a>
 */
final class Failures {
  /** Data exception, integrity constraint violation, program limit exceeded. */
  private static final Set<String> CONTENT = Set.of("22", "23", "54");

  /** Undefined table, invalid schema name. */
  private static final Set<String> MISSING = Set.of("42P01", "3F000");

  private static final int CLASS = 2;

  private Failures() {}

  /**
   * The database is away, or in a state that passes or can be mended: the same may succeed later.
   */
  static boolean isOfState(Throwable failure) {
    boolean database =
        causes(failure)
            .anyMatch(cause ->
                cause instanceof R2dbcException
                    || cause instanceof FlywayException
                    || cause instanceof TimeoutException
                    || cause instanceof IOException
                    || cause instanceof UncheckedIOException);
    return database && sqlState(failure).map(state -> !isOfContent(state)).orElse(true);
  }

  static boolean isOfMissingTables(Throwable failure) {
    return sqlState(failure).filter(MISSING::contains).isPresent();
  }

  private static boolean isOfContent(String state) {
    return state.length() > CLASS && CONTENT.contains(state.substring(0, CLASS));
  }

  private static Optional<String> sqlState(Throwable failure) {
    return causes(failure)
        .filter(R2dbcException.class::isInstance)
        .map(cause -> ((R2dbcException) cause).getSqlState())
        .flatMap(Stream::ofNullable)
        .findFirst();
  }

  private static Stream<Throwable> causes(Throwable failure) {
    return Stream.iterate(failure, cause -> cause != null, Throwable::getCause);
  }
}
