package io.echopilot.probes.http;

import static io.echopilot.probes.Findings.expect;
import static org.assertj.core.api.Assertions.assertThat;

import io.echopilot.events.Outcome;
import io.echopilot.events.ProbeError.Kind;
import io.echopilot.events.ProbeEvent.Part;
import io.echopilot.events.ProbeEvent.Part.State;
import io.echopilot.probes.Documented;
import io.echopilot.probes.Finding;
import io.echopilot.probes.Worlds;
import io.netty.handler.codec.http.HttpResponseStatus;
import java.net.URI;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Consumer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import reactor.core.publisher.Mono;
import reactor.netty.DisposableServer;
import reactor.netty.http.HttpProtocol;
import reactor.netty.http.server.HttpServer;
import reactor.netty.http.server.HttpServerRoutes;

/** What a definition can ask of an answer. */
@Timeout(60)
class HttpOptionsTest {
  private static final String HEALTH =
      """
      {"status": "ok", "load": 0.75, "queue": {"length": 12}, "version": "1.4.2", "ready": true}
      """;
  private final List<DisposableServer> servers = new ArrayList<>();

  @AfterEach
  void stopServers() {
    servers.forEach(DisposableServer::disposeNow);
  }

  @Test
  void theDocumentedExampleWorks() {
    URI site =
        serving(routes ->
            routes.get(
                "/health",
                (_, response) ->
                    response.sendString(
                        Mono.just(
                            """
                            {"status": "ok", "queue": {"length": 12}, "dependencies": {"database": "up"}}
                            """))));

    Finding finding = Worlds.run(Documented.example("http"), site);

    assertThat(finding.error()).isNull();
    assertThat(finding.numbers()).isEqualTo(Map.of("queue", 12.0));
    assertThat(finding.parts()).containsExactly(new Part("database", State.UP, null));
  }

  @Test
  void aDocumentThatIsTooLongToBeReadIsSaidToBe() {
    String document = "{\"status\": \"ok\", \"more\": \"%s\"}".formatted("x".repeat(200_000));
    URI site =
        serving(routes ->
            routes.get("/health", (_, response) -> response.sendString(Mono.just(document))));

    Finding finding = Worlds.run("http: {path: /health, expect: {json: {$.status: ok}}}", site);

    expect(finding, Kind.BODY, "the body goes on beyond the first");
  }

  @Test
  void methodHeadersBodyAndTokenAreSent() {
    URI site =
        serving(routes ->
            routes.post(
                "/search",
                (request, response) ->
                    response.sendString(
                        request
                            .receive()
                            .aggregate()
                            .asString()
                            .map(body ->
                                body
                                    + " for "
                                    + request.requestHeaders().get("Authorization")
                                    + " in "
                                    + request.requestHeaders().get("Accept-Language")))));
    String probe =
        """
        http:
          path: /search
          method: POST
          headers: {Accept-Language: de}
          body: who
          bearer: secret:checkout
          expect: {body: "^who for Bearer t0ken in de$"}
        """;

    assertThat(Worlds.run(probe, site, Map.of("checkout", "t0ken")).error()).isNull();
    Finding without = Worlds.run(probe, site);
    assertThat(without.outcome()).isEqualTo(Outcome.UNKNOWN);
    expect(without, Kind.SETUP, "this prober has no secret:checkout");
  }

  @ParameterizedTest
  @CsvSource({"204,204", "200-299,204", "'[301, 200-299]',204", "'[204]',204"})
  void aStatusMayBeOneOfSeveral(String expected, int status) {
    assertThat(run("{expect: {status: %s}}".formatted(expected), answering(status, "")).error())
        .isNull();
  }

  @Test
  void aStatusOutsideOfItsRangesIsAFailure() {
    expect(
        run("{expect: {status: [301, 200-299]}}", answering(503, "")),
        Kind.STATUS,
        "expected status 301, 200-299, got 503");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          $.status        | {oneOf: [ok, up]}       | {oneOf: [up, well]}     | one of [up, well], got ok
          $.status        | {not: down}             | {not: ok}               | anything but ok, got ok
          $.load          | {below: 0.8}            | {below: 0.75}           | below 0.75, got 0.75
          $.load          | {atMost: 0.75}          | {atMost: 0.7}           | at most 0.7, got 0.75
          $.queue.length  | {above: 11}             | {above: 12}             | above 12, got 12
          $.queue.length  | {atLeast: 12}           | {atLeast: 12.5}         | at least 12.5, got 12
          $.version       | {matches: "^1[.][0-9]"} | {matches: "^2[.]"}      | like ^2[.], got 1.4.2
          $.ready         | true                    | false                   | false, got true
          $.queue.length  | 12.0                    | "12"                    | 12, got 12
          $.missing       |                         | {not: x}                | anything but x, got nothing
          """)
  void aValueIsCompared(String path, String right, String wrong, String sentence) {
    URI site = answering(200, HEALTH);

    if (right != null) {
      assertThat(run("{expect: {json: {%s: %s}}}".formatted(path, right), site).error()).isNull();
    }
    expect(
        run("{expect: {json: {%s: %s}}}".formatted(path, wrong), site),
        Kind.BODY,
        " to be " + sentence);
  }

  @Test
  void headersAndBodyMustBeLikeTheirExpressions() {
    URI site = answering(200, "all systems go");

    assertThat(run("{expect: {headers: {Server: ^demo, X-Site: p.*y}, body: systems}}", site))
        .extracting(Finding::error)
        .isNull();
    expect(
        run("{expect: {headers: {x-site: ^fallback$}}}", site),
        Kind.HEADER,
        "expected header x-site to be like ^fallback$, got primary");
    expect(
        run("{expect: {headers: {X-None: .}}}", site),
        Kind.HEADER,
        "expected header X-None to be like ., got nothing");
    expect(
        run("{expect: {body: ^no}}", site), Kind.BODY, "expected a body like ^no, got all systems");
  }

  @Test
  void aBodyHasItsSize() {
    URI site = answering(200, "0123456789");

    assertThat(run("{expect: {size: {atLeast: 10, atMost: 10}}}", site).error()).isNull();
    expect(run("{expect: {size: {atLeast: 11}}}", site), Kind.BODY, "at least 11 bytes, got 10");
    expect(run("{expect: {size: {atMost: 9}}}", site), Kind.BODY, "at most 9 bytes, got more");
  }

  @Test
  void dependenciesAreToldOneByOne() {
    URI site =
        answering(
            503,
            """
            {"status": "down", "dependencies": {
              "database": {"status": "down", "message": "no connection"},
              "queue": "up", "cache": {"healthy": true}, "mail": {"state": "degraded"}}}
            """);

    Finding finding = run("{expect: {dependencies: $.dependencies}}", site);

    expect(finding, Kind.STATUS, "expected status 200, got 503; database: down (no connection)");
    assertThat(finding.parts())
        .containsExactly(
            new Part("database", State.DOWN, "no connection"),
            new Part("queue", State.UP, null),
            new Part("cache", State.UP, null),
            new Part("mail", State.UNKNOWN, "degraded"));
    expect(
        run("{expect: {status: 503, dependencies: $.dependencies}}", site),
        Kind.DEPENDENCY,
        "database: down (no connection)");
    expect(
        run("{expect: {status: 503, dependencies: $.parts}}", site),
        Kind.BODY,
        "no dependencies stand at $['parts']");
  }

  @Test
  void dependenciesMayBeAListToo() {
    URI site = answering(200, "{\"checks\": [{\"name\": \"db\", \"ok\": true}, {\"ok\": false}]}");

    assertThat(run("{expect: {dependencies: $.checks}}", site).parts())
        .containsExactly(new Part("db", State.UP, null), new Part("number 2", State.DOWN, null));
  }

  @Test
  void numbersAreReadAlsoWhereSomethingElseIsWrong() {
    URI site = answering(500, HEALTH);

    Finding finding =
        run("{numbers: {load: $.load, queue: $.queue.length, text: $.status, no: $.no}}", site);

    expect(finding, Kind.STATUS, "expected status 200, got 500");
    assertThat(finding.numbers()).isEqualTo(Map.of("load", 0.75, "queue", 12.0));
  }

  @Test
  void redirectsAreFollowedAndCounted() {
    URI site =
        serving(routes ->
            routes
                .get("/", (_, response) -> response.sendRedirect("/one"))
                .get("/one", (_, response) -> response.sendRedirect("two?x=1"))
                .get("/two", (_, response) -> response.sendString(Mono.just("there"))));

    assertThat(run("{redirects: 2, expect: {body: there}}", site).error()).isNull();
    assertThat(run("{redirects: {count: 2, to: \"/two[?]x=1$\"}}", site).error()).isNull();
    expect(run("{redirects: 1}", site), Kind.REDIRECT, "more than 1 redirects, the last to http");
    expect(run("{redirects: {count: 1, follow: 3}}", site), Kind.REDIRECT, "expected 1 redirects");
    expect(run("{redirects: {to: /three}}", site), Kind.REDIRECT, "an address like /three, got to");
    expect(run("{}", site), Kind.STATUS, "expected status 200, got 302");
    assertThat(run("{expect: {status: 302, headers: {Location: ^/one$}}}", site).error()).isNull();
  }

  @Test
  void redirectsInACircleEnd() {
    URI site = serving(routes -> routes.get("/", (_, response) -> response.sendRedirect("/")));

    expect(run("{redirects: {}}", site), Kind.REDIRECT, "more than 5 redirects, the last to");
  }

  @Test
  void anotherHostDoesNotSeeTheToken() {
    URI other =
        serving(routes ->
            routes.get(
                "/",
                (request, response) ->
                    response.sendString(
                        Mono.just("token " + request.requestHeaders().get("Authorization")))));
    URI site =
        serving(routes -> routes.get("/", (_, response) -> response.sendRedirect(other + "/")));

    assertThat(
            Worlds.run(
                    "http: {bearer: secret:token, redirects: 1, expect: {body: ^token null$}}",
                    site,
                    Map.of("token", "t0ken"))
                .error())
        .isNull();
  }

  @Test
  void http2IsSpokenWhereItIsAskedFor() {
    DisposableServer server =
        HttpServer.create()
            .host("127.0.0.1")
            .port(0)
            .protocol(HttpProtocol.H2C)
            .handle((request, response) -> response.sendString(Mono.just(request.protocol())))
            .bindNow();
    servers.add(server);
    URI site = URI.create("http://127.0.0.1:" + server.port());

    Finding finding = run("{version: 2, expect: {body: HTTP/2.0}}", site);

    assertThat(finding.error()).isNull();
    assertThat(finding.phases().connect()).isPositive();
    assertThat(run("{version: 1}", site).error()).isNotNull();
    assertThat(run("{version: 2}", answering(200, "")).error()).isNotNull();
  }

  @Test
  void theRunbooksHealthIsStatusAndDependencies() {
    URI good =
        serving(routes ->
            routes.get(
                "/health",
                (_, response) ->
                    response.sendString(
                        Mono.just("{\"status\":\"ok\",\"dependencies\":{\"db\":\"ok\"}}"))));
    URI bad =
        serving(routes ->
            routes.get(
                "/health",
                (_, response) ->
                    response.sendString(
                        Mono.just("{\"status\":\"ok\",\"dependencies\":{\"db\":\"down\"}}"))));

    String health = Documented.verbatim("http: /health");

    assertThat(Worlds.run(health, good).error()).isNull();
    expect(Worlds.run(health, bad), Kind.DEPENDENCY, "db: down");
  }

  @Test
  void theRunbooksStrictHealthIsItsStatusAndWhatThatMeans() {
    AtomicReference<HttpResponseStatus> status =
        new AtomicReference<>(HttpResponseStatus.INTERNAL_SERVER_ERROR);
    URI site =
        serving(routes ->
            routes.get(
                "/healthz/strict",
                (_, response) -> response.status(status.getAndSet(HttpResponseStatus.OK)).send()));
    String strict = Documented.verbatim("http: /healthz/strict");

    expect(
        Worlds.run(strict, site),
        Kind.STATUS,
        "expected status 200, got 500: 80 % of an error budget is used");
    assertThat(Worlds.run(strict, site).error()).isNull();
    status.set(HttpResponseStatus.SERVICE_UNAVAILABLE);
    expect(Worlds.run(strict, site), Kind.STATUS, "got 503: there is no data on error budgets");
  }

  private static Finding run(String http, URI site) {
    return Worlds.run("http: " + http, site);
  }

  private URI answering(int status, String body) {
    return serving(routes ->
        routes.get(
            "/",
            (_, response) ->
                response
                    .status(status)
                    .header("Server", "demo/1")
                    .header("X-Site", "primary")
                    .sendString(Mono.just(body))));
  }

  private URI serving(Consumer<HttpServerRoutes> routes) {
    DisposableServer server = HttpServer.create().host("127.0.0.1").port(0).route(routes).bindNow();
    servers.add(server);
    return URI.create("http://127.0.0.1:" + server.port());
  }
}
