package io.echopilot.probes.postgres;

import static io.echopilot.probes.Findings.expect;
import static io.echopilot.probes.Findings.expectSuccess;
import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.echopilot.events.ProbeError.Kind;
import io.echopilot.fleet.LocalPostgres;
import io.echopilot.fleet.postgres.PostgresRole;
import io.echopilot.probes.Documented;
import io.echopilot.probes.Finding;
import io.echopilot.probes.Worlds;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import reactor.core.publisher.Mono;
import reactor.netty.DisposableServer;
import reactor.netty.tcp.TcpServer;

@Timeout(120)
class PostgresProbeTest {
  private static final URI SITE = URI.create("http://127.0.0.1");
  private static LocalPostgres postgres;

  @BeforeAll
  static void startServer(@TempDir Path folder) throws Exception {
    postgres = LocalPostgres.start(folder);
  }

  @AfterAll
  static void stopServer() {
    postgres.close();
  }

  @Test
  void theDocumentedExampleWorks() {
    Finding finding =
        Worlds.run(Documented.example("postgres"), SITE, Map.of("checkout-db", address()));

    expectSuccess(finding);
    assertThat(finding.numbers()).isEqualTo(Map.of("value", 0.0));
  }

  @Test
  void theServerIsTheSitesUnlessAnotherIsNamed() {
    String probe =
        "postgres: {port: %d, database: demo, user: demo, password: secret:demo, expect: 1}"
            .formatted(postgres.port());

    expectSuccess(Worlds.run(probe, SITE, Map.of("demo", password())));
  }

  @Test
  void anotherAnswerIsAFailure() {
    expect(ask("select 'red'", "green"), Kind.ANSWER, "expected the query to yield green, got red");
    expect(ask("select 1 where false", "1"), Kind.ANSWER, "the query yields no row");
    expectSuccess(ask("select 1.50", "1.5"));
    expectSuccess(ask("select true", "true"));
    expect(ask("select null::text", "x"), Kind.ANSWER, "got null");
  }

  @Test
  void aQueryThatFailsSaysWhy() {
    expect(ask("select * from nowhere", "1"), Kind.ANSWER, "\"nowhere\" does not exist");
    expect(ask("selec", "1"), Kind.ANSWER, "the query failed: syntax error");
  }

  @Test
  void aQueryOnlyReads() {
    expect(ask("create table t as select 1", "1"), Kind.ANSWER, "in a read-only transaction");
  }

  @Test
  void aQueryThatTakesLongIsATimeOut() {
    String probe = "postgres: {connection: secret:db, query: select pg_sleep(60)}";

    expect(
        Worlds.run(probe, SITE, Duration.ofMillis(800), Map.of("db", address())),
        Kind.TIMEOUT,
        "within 800 ms");
  }

  @Test
  void aHugeAnswerIsNotRead() {
    Finding finding = ask("select repeat('x', 100000000)", "x");

    assertThat(finding.error()).isNotNull();
  }

  @Test
  void aWrongPasswordIsNoOutageOfTheNetwork() {
    Finding finding =
        Worlds.run(
            "postgres: {connection: secret:db}",
            SITE,
            Map.of("db", address().replace(password(), "wr0ng-one")));

    expect(finding, Kind.LOGIN, "demo at 127.0.0.1:" + postgres.port() + "/demo may not log in");
    assertThat(requireNonNull(finding.error()).message()).doesNotContain("wr0ng-one");
  }

  @Test
  void aSecretThatIsNoAddressIsNotShown() {
    Finding finding =
        Worlds.run("postgres: {connection: secret:db}", SITE, Map.of("db", "pass w0rd"));

    expect(finding, Kind.SETUP, "secret:db must be an address such as postgresql://");
    assertThat(requireNonNull(finding.error()).message()).doesNotContain("w0rd");
  }

  @Test
  void aServerThatIsNotThereOrHangsIsAFailure() {
    DisposableServer silent =
        TcpServer.create().host("127.0.0.1").port(0).handle((_, _) -> Mono.never()).bindNow();
    String probe = "postgres: {connection: secret:db}";
    String address = "postgresql://a:b@127.0.0.1:%d/c";

    expect(
        Worlds.run(
            probe, SITE, Duration.ofMillis(500), Map.of("db", address.formatted(silent.port()))),
        Kind.TIMEOUT,
        "within 500 ms");
    silent.disposeNow();
    expect(
        Worlds.run(probe, SITE, Map.of("db", address.formatted(silent.port()))),
        Kind.REFUSED,
        "connection refused by 127.0.0.1");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          {}                                          | postgres needs connection: secret:NAME, or database, user and password
          {connection: secret:a, user: b}             | postgres.connection says it all
          {connection: "postgresql://a:b@c/d"}        | a secret must not stand here itself
          {connection: secret:a, sslmode: sometimes}  | postgres.sslmode must be one of disable, allow
          {connection: secret:a, query: " "}          | postgres.query must not be empty
          {connection: secret:a, expect: [1]}         | postgres.expect must be a text
          """)
  void whatMakesNoSenseIsRefused(String settings, String reason) {
    assertThatThrownBy(() -> Worlds.run("postgres: " + settings, SITE))
        .hasMessageContaining(reason);
  }

  private static Finding ask(String query, String expected) {
    return Worlds.run(
        "postgres: {connection: secret:db, query: \"%s\", expect: %s}"
            .formatted(query.replace("\"", "\\\""), expected),
        SITE,
        Map.of("db", address()));
  }

  private static String address() {
    return "postgresql://demo:%s@127.0.0.1:%d/demo".formatted(password(), postgres.port());
  }

  private static String password() {
    return postgres.password(PostgresRole.DEMO);
  }
}
