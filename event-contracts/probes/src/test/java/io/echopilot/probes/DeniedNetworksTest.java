package io.echopilot.probes;

import static org.assertj.core.api.Assertions.assertThat;

import io.echopilot.events.Outcome;
import io.echopilot.events.ProbeError.Kind;
import java.net.URI;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import reactor.netty.DisposableServer;
import reactor.netty.http.server.HttpServer;

/** Definitions may come from many teams, and a prober may stand where they may not look. */
class DeniedNetworksTest {
  private static final DeniedNetworks LOOPBACK = denied("127.0.0.0/8", "::1");

  private final AtomicInteger requests = new AtomicInteger();
  private final DisposableServer server =
      HttpServer.create()
          .host("0.0.0.0")
          .port(0)
          .doOnConnection(_ -> requests.incrementAndGet())
          .route(routes ->
              routes
                  .get("/elsewhere", (_, response) -> response.sendRedirect(url("127.0.0.2") + "/"))
                  .get("/", (_, response) -> response.send()))
          .bindNow();

  @AfterEach
  void stop() {
    server.disposeNow();
  }

  /**
   * All but the one that waits to be called. A new kind is held to it by its documented example.
   */
  static Stream<String> kindsThatConnect() {
    return ProbeKinds.all().keys().stream()
        .filter(kind -> !"heartbeat".equals(kind))
        .map(kind ->
            switch (kind) {
              case "http" -> "http: {path: /}";
              case "dns" -> "dns: {server: 127.0.0.1}";
              case "postgres" ->
                  "postgres: {user: echo, database: echo, password: secret:password, query: select 1}";
              default -> Documented.example(kind);
            });
  }

  @ParameterizedTest
  @MethodSource("kindsThatConnect")
  void noKindOfProbeConnectsToADeniedNetwork(String yaml) {
    Finding finding = Worlds.run(yaml, url("127.0.0.1"), LOOPBACK);

    Findings.expect(
        finding,
        Kind.DENIED,
        "this prober may not connect to 127.0.0.1: its configuration denies 127.0.0.0/8");
    assertThat(finding.outcome()).isEqualTo(Outcome.UNKNOWN);
    assertThat(requests).hasValue(0);
  }

  @ParameterizedTest
  @ValueSource(strings = {"localhost", "127.1.2.3", "[::ffff:127.0.0.1]", "0.0.0.0"})
  void noNameAndNoSpellingLeadsAroundIt(String host) {
    Finding finding = Worlds.run("http: {path: /}", url(host), LOOPBACK);

    Findings.expect(finding, Kind.DENIED, "this prober may not connect to ");
    assertThat(requests).hasValue(0);
  }

  @Test
  void noRedirectLeadsAroundIt() {
    Finding finding =
        Worlds.run(
            "http: {path: /elsewhere, redirects: {follow: 3}}",
            url("127.0.0.1"),
            denied("127.0.0.2"));

    Findings.expect(finding, Kind.DENIED, "this prober may not connect to 127.0.0.");
    assertThat(requests).hasValue(1);
  }

  @Test
  void whatIsNotDeniedIsConnectedTo() {
    assertThat(Worlds.run("http: {path: /}", url("127.0.0.1"), denied("10.0.0.0/8")).outcome())
        .isEqualTo(Outcome.SUCCESS);
    assertThat(Worlds.run("http: {path: /}", url("127.0.0.1"), Duration.ofSeconds(10)).outcome())
        .isEqualTo(Outcome.SUCCESS);
  }

  private URI url(String host) {
    return URI.create("http://%s:%d".formatted(host, server.port()));
  }

  private static DeniedNetworks denied(String... networks) {
    return new DeniedNetworks(Stream.of(networks).map(Network::of).toList());
  }
}
