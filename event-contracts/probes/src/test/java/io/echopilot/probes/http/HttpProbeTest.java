package io.echopilot.probes.http;

import static org.assertj.core.api.Assertions.assertThat;

import io.echopilot.events.ProbeError.Kind;
import io.echopilot.events.ProbeId;
import io.echopilot.events.ServiceId;
import io.echopilot.events.SiteId;
import io.echopilot.probes.Finding;
import io.echopilot.probes.ProbeContext;
import io.echopilot.probes.ProbeKinds;
import io.echopilot.probes.Target;
import io.echopilot.probes.Worlds;
import io.netty.buffer.Unpooled;
import io.netty.handler.codec.http.HttpResponseStatus;
import io.netty.handler.ssl.SslContext;
import io.netty.handler.ssl.SslContextBuilder;
import io.netty.pkitesting.CertificateBuilder;
import io.netty.pkitesting.X509Bundle;
import java.net.URI;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.netty.DisposableServer;
import reactor.netty.http.server.HttpServer;
import reactor.netty.http.server.HttpServerRoutes;
import reactor.netty.resources.LoopResources;
import reactor.netty.tcp.TcpServer;

/** Against servers that behave as badly as servers do. */
@Timeout(30)
class HttpProbeTest {
  private static final LoopResources LOOPS = LoopResources.create("test", 2, true);
  private static final Duration TIMEOUT = Duration.ofMillis(500);
  private static final ProbeContext CONTEXT = Worlds.context(LOOPS);

  private final List<DisposableServer> servers = new ArrayList<>();

  @AfterEach
  void stopServers() {
    servers.forEach(DisposableServer::disposeNow);
  }

  @AfterAll
  static void stopLoops() {
    LOOPS.dispose();
  }

  @Test
  void aGoodAnswerIsASuccessWithItsPhases() {
    Finding finding = health(serving("{\"status\":\"ok\"}"), Map.of("$.status", "ok"));

    assertThat(finding.error()).isNull();
    assertThat(finding.status()).isEqualTo(200);
    assertThat(finding.phases().connect()).isPositive();
    assertThat(finding.phases().firstByte()).isPositive();
    assertThat(finding.phases().tls()).isNull();
    assertThat(finding.phases().total()).isGreaterThan(finding.phases().firstByte());
  }

  @Test
  void withoutExpectationsOnTheBodyTheStatusIsEnough() {
    assertThat(health(serving("anything"), Map.of()).error()).isNull();
    assertThat(health(serving(""), Map.of()).error()).isNull();
  }

  @Test
  void anotherStatusThanExpectedIsAFailure() {
    int port =
        http(routes ->
            routes.get(
                "/health",
                (_, response) -> response.status(HttpResponseStatus.INTERNAL_SERVER_ERROR).send()));

    expect(health(port, Map.of()), Kind.STATUS, "expected status 200, got 500");
  }

  @Test
  void anotherValueThanExpectedIsAFailure() {
    expect(
        health(serving("{\"status\":\"degraded\"}"), Map.of("$.status", "ok")),
        Kind.BODY,
        "expected $['status'] to be ok, got degraded");
    expect(
        health(serving("{}"), Map.of("$.status", "ok")),
        Kind.BODY,
        "expected $['status'] to be ok, got nothing");
  }

  @Test
  void numbersAreComparedByValue() {
    assertThat(health(serving("{\"load\":1.0}"), Map.of("$.load", 1)).error()).isNull();
  }

  @Test
  void aBodyThatIsNoJsonIsAFailure() {
    expect(health(serving("<html>"), Map.of("$.status", "ok")), Kind.BODY, "the body is not JSON");
    expect(health(serving(" "), Map.of("$.status", "ok")), Kind.BODY, "the body is not JSON");
  }

  @Test
  void aRedirectIsNotFollowed() {
    int port =
        http(routes -> routes.get("/health", (_, response) -> response.sendRedirect("/elsewhere")));

    expect(health(port, Map.of()), Kind.STATUS, "expected status 200, got 302");
  }

  @Test
  void aRefusedConnectionSaysByWhom() {
    int port = serving("{}");
    stopServers();

    expect(health(port, Map.of()), Kind.REFUSED, "connection refused by 127.0.0.1:" + port);
  }

  @Test
  void aServerThatHangsAfterConnectIsATimeOut() {
    int port = tcp(server -> server.handle((_, _) -> Mono.never()));

    expect(
        health(port, Map.of()),
        Kind.TIMEOUT,
        "no answer from 127.0.0.1:%d within 500 ms".formatted(port));
  }

  @Test
  void aBodyThatDripsIsATimeOut() {
    int port =
        http(routes ->
            routes.get(
                "/health",
                (_, response) ->
                    response.sendString(
                        Flux.interval(Duration.ofMillis(100)).map(_ -> " ").onBackpressureDrop())));

    expect(health(port, Map.of("$.status", "ok")), Kind.TIMEOUT, "within 500 ms");
  }

  @Test
  void ofAHugeBodyOnlyTheFirstPartIsRead() {
    byte[] megabyte = new byte[1024 * 1024];
    List<Integer> sent = new ArrayList<>();
    int port =
        http(routes ->
            routes.get(
                "/health",
                (_, response) ->
                    response.send(
                        Flux.range(0, 1024)
                            .doOnNext(sent::add)
                            .map(_ -> Unpooled.wrappedBuffer(megabyte)))));

    expect(health(port, Map.of("$.status", "ok")), Kind.BODY, "the body goes on beyond the first");
    assertThat(sent).hasSizeLessThan(512);
  }

  @Test
  void aConnectionClosedEarlyIsAFailure() {
    int port = tcp(server -> server.doOnConnection(connection -> connection.dispose()));

    Finding finding = health(port, Map.of());

    assertThat(Objects.requireNonNull(finding.error()).kind()).isIn(Kind.PROTOCOL, Kind.CONNECT);
  }

  @Test
  void whatIsNoHttpIsAFailure() {
    int port =
        tcp(server ->
            server.handle((_, out) -> out.sendString(Mono.just("220 mail ready\r\n\r\n"))));

    expect(health(port, Map.of()), Kind.PROTOCOL, "did not speak the protocol");
  }

  @Test
  void aSelfSignedCertificateIsNotTrusted() throws Exception {
    X509Bundle bundle =
        new CertificateBuilder()
            .subject("CN=localhost")
            .setIsCertificateAuthority(true)
            .buildSelfSigned();
    SslContext context =
        SslContextBuilder.forServer(bundle.getKeyPair().getPrivate(), bundle.getCertificatePath())
            .build();
    DisposableServer server =
        HttpServer.create()
            .host("127.0.0.1")
            .port(0)
            .secure(spec -> spec.sslContext(context))
            .handle((_, response) -> response.send())
            .bindNow();
    servers.add(server);

    expect(
        run(URI.create("https://127.0.0.1:" + server.port()), Map.of()),
        Kind.TLS,
        "no trusted TLS connection to 127.0.0.1");
  }

  @Test
  void aNameWithoutAddressIsADnsFailure() {
    expect(
        run(URI.create("http://nowhere.invalid"), Map.of()),
        Kind.DNS,
        "no address for nowhere.invalid");
  }

  @Test
  void theEntrypointNamesTheSiteThatAnswers() {
    int port = serving("{\"site\":\"fallback\"}");
    assertThat(entrypoint(port).servedBy()).isEqualTo(new SiteId("fallback"));
    expect(entrypoint(serving("{\"site\":\"mars\"}")), Kind.BODY, "names none of");
  }

  private Finding entrypoint(int port) {
    HttpProbe probe =
        new HttpProbe(
            URI.create("http://127.0.0.1:" + port + "/health"),
            HttpCheck.of("/", 200, Map.of()),
            new HttpProbe.Origin(
                com.jayway.jsonpath.JsonPath.compile("$.site"),
                java.util.Set.of(new SiteId("fallback"))),
            TIMEOUT,
            CONTEXT);
    return probe.run().join();
  }

  private Finding health(int port, Map<String, Object> json) {
    return run(URI.create("http://127.0.0.1:" + port), json);
  }

  private static Finding run(URI site, Map<String, Object> json) {
    Target target =
        new Target(
            new ServiceId("demo"), new ProbeId("health"), new SiteId("primary"), site, TIMEOUT);
    HttpCheck check = HttpCheck.of("/health", 200, json);
    return ProbeKinds.all().probe(ProbeKinds.check("http", check), target, CONTEXT).run().join();
  }

  private static void expect(Finding finding, Kind kind, String sentence) {
    assertThat(finding.error())
        .satisfies(error -> {
          assertThat(Objects.requireNonNull(error).kind()).isEqualTo(kind);
          assertThat(error.message()).contains(sentence);
        });
  }

  private int serving(String body) {
    return http(
        routes -> routes.get("/health", (_, response) -> response.sendString(Mono.just(body))));
  }

  private int http(java.util.function.Consumer<HttpServerRoutes> routes) {
    DisposableServer server = HttpServer.create().host("127.0.0.1").port(0).route(routes).bindNow();
    servers.add(server);
    return server.port();
  }

  private int tcp(UnaryOperator<TcpServer> behaviour) {
    DisposableServer server =
        behaviour.apply(TcpServer.create().host("127.0.0.1").port(0)).bindNow();
    servers.add(server);
    return server.port();
  }
}
