package io.echopilot.probes.postgres;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.echopilot.probes.Endpoint;
import io.echopilot.probes.SecretRef;
import io.echopilot.probes.Secrets;
import io.echopilot.probes.Secrets.MissingSecretException;
import io.r2dbc.postgresql.client.SSLMode;
import java.net.URI;
import java.net.URLDecoder;
import java.util.Arrays;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** Where to log in, and as whom. Shows no password in its text. */
record Login(Endpoint endpoint, String database, String user, String password, SSLMode mode) {
  private static final int PORT = 5432;

  /** As the settings and the prober's secrets say at the moment. */
  static Login of(PostgresCheck check, URI site, Secrets secrets) {
    SecretRef connection = check.connection();
    SSLMode mode = mode(Objects.requireNonNullElse(check.sslmode(), "prefer"));
    return connection == null
        ? new Login(
            Endpoint.of(check.host(), Objects.requireNonNullElse(check.port(), PORT), site),
            Objects.requireNonNull(check.database()),
            Objects.requireNonNull(check.user()),
            secrets.value(Objects.requireNonNull(check.password())),
            mode)
        : parsed(connection, secrets.value(connection), mode);
  }

  private static Login parsed(SecretRef secret, String address, SSLMode mode) {
    try {
      URI uri = URI.create(address);
      String[] who = String.valueOf(uri.getRawUserInfo()).split(":", 2);
      if (!String.valueOf(uri.getScheme()).matches("postgres(ql)?")
          || uri.getHost() == null
          || who.length < 2
          || String.valueOf(uri.getPath()).length() < 2) {
        throw unusable(secret);
      }
      return new Login(
          Endpoint.of(null, uri.getPort() < 0 ? PORT : uri.getPort(), uri),
          uri.getPath().substring(1),
          decoded(who[0]),
          decoded(who[1]),
          mode(uri.getQuery(), mode));
    } catch (IllegalArgumentException _) {
      // Its message would show the address, and so the password.
      throw unusable(secret);
    }
  }

  private static SSLMode mode(@Nullable String query, SSLMode otherwise) {
    return Arrays.stream(String.valueOf(query).split("&"))
        .filter(part -> part.startsWith("sslmode="))
        .map(part -> mode(part.substring(part.indexOf('=') + 1)))
        .findFirst()
        .orElse(otherwise);
  }

  static SSLMode mode(String name) {
    try {
      return SSLMode.fromValue(name);
    } catch (IllegalArgumentException e) {
      throw new IllegalArgumentException(
          "postgres.sslmode must be one of disable, allow, prefer, require, verify-ca, verify-full, but is \"%s\""
              .formatted(name),
          e);
    }
  }

  private static String decoded(String text) {
    return URLDecoder.decode(text.replace("+", "%2B"), UTF_8);
  }

  private static MissingSecretException unusable(SecretRef secret) {
    return new MissingSecretException(
        secret + " must be an address such as postgresql://user:password@host:5432/database");
  }

  @Override
  public String toString() {
    return "%s at %s/%s".formatted(user, endpoint, database);
  }
}
