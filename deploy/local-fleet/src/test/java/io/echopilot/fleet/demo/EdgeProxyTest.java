package io.echopilot.fleet.demo;

import static io.echopilot.fleet.demo.DemoWorld.FALLBACK;
import static io.echopilot.fleet.demo.DemoWorld.PRIMARY;
import static io.echopilot.fleet.demo.DemoWorld.json;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.echopilot.events.ServiceId;
import io.echopilot.fleet.FreePorts;
import java.io.IOException;
import java.net.ConnectException;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.time.Clock;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import reactor.core.publisher.Mono;
import reactor.netty.DisposableServer;
import reactor.netty.http.server.HttpServer;

class EdgeProxyTest {
  private DemoWorld world;
  @TempDir private Path folder;

  @BeforeEach
  void start() throws IOException {
    world = new DemoWorld(folder);
  }

  @AfterEach
  void stop() {
    world.close();
  }

  @Test
  void usersReachTheSiteOfTheRoute() throws Exception {
    HttpResponse<String> answer = world.get(world.edge("/health"));

    assertThat(answer.statusCode()).isEqualTo(200);
    assertThat(json(answer).path("status").asString()).isEqualTo("ok");
    assertThat(json(answer).path("site").asString()).isEqualTo("primary");
  }

  @Test
  void aSwitchIsInForceForTheVeryNextRequest() throws Exception {
    for (int epoch = 1; epoch <= 50; epoch++) {
      world.put(epoch % 2 == 1 ? FALLBACK : PRIMARY, epoch, "d" + epoch).send();
      assertThat(world.serving()).isEqualTo(epoch % 2 == 1 ? "fallback" : "primary");
    }
  }

  @Test
  void aSiteThatRefusesIsABadGatewayAndNobodyListensThere() throws Exception {
    world.serving();
    world.mode("primary", "refuse");

    assertThat(world.get(world.edge("/health")).statusCode()).isEqualTo(502);
    assertThatThrownBy(() -> world.get(world.site(PRIMARY, "/health")))
        .isInstanceOf(ConnectException.class);
    world.put(FALLBACK, 1, "d1").send();
    assertThat(world.serving()).isEqualTo("fallback");
  }

  @Test
  void aSiteThatBeginsToRefuseClosesTheConnectionsItHas() throws Exception {
    try (Socket open = DemoWorld.connect(world.sitePort(PRIMARY))) {
      world.mode("primary", "refuse");
      assertThat(open.getInputStream().read()).isEqualTo(-1);
    }
  }

  @Test
  void aHealedSiteServesAgain() throws Exception {
    for (int i = 0; i < 5; i++) {
      world.mode("primary", "refuse");
      world.mode("primary", "ok");
      assertThat(world.serving()).isEqualTo("primary");
    }
  }

  @Test
  void anErrorOfTheSiteIsPassedOn() throws Exception {
    world.mode("primary", "500");
    HttpResponse<String> answer = world.get(world.edge("/health"));

    assertThat(answer.statusCode()).isEqualTo(500);
    assertThat(json(answer).path("status").asString()).isEqualTo("error");
  }

  @Test
  void aSiteThatHangsIsAGatewayTimeOut() throws Exception {
    world.mode("primary", "slow");
    HttpResponse<String> answer = world.get(world.edge("/health"));

    assertThat(answer.statusCode()).isEqualTo(504);
    assertThat(json(answer).path("error").asString())
        .isEqualTo("site primary does not answer within 5 s");
  }

  @Test
  void theReferencesCanBeTakenAwayAndComeBack() throws Exception {
    world.mode("references", "refuse");
    assertThatThrownBy(this::reachReferences).isInstanceOf(ConnectException.class);
    world.mode("references", "ok");
    reachReferences();
    assertThat(world.get(world.control("/demo/sites")).body())
        .contains("\"primary\":\"ok\"", "\"references\":\"ok\"");
  }

  @Test
  void anUnknownSiteOrModeIsAnError() {
    assertThatThrownBy(() -> world.mode("moon", "ok")).hasMessageContaining("primary");
    assertThatThrownBy(() -> world.mode("primary", "sad"))
        .hasMessageContaining("ok, refuse, slow, 500");
    assertThatThrownBy(() -> world.mode("references", "slow"))
        .hasMessageContaining("ok and refuse");
  }

  @Test
  void methodPathQueryHeadersAndBodyPassBothWays() throws Exception {
    FreePorts ports = new FreePorts();
    int edgePort = ports.next();
    DisposableServer echo = echo(ports.next());
    RouteTable routes =
        new RouteTable(
            Map.of(
                new ServiceId("echo"),
                new DemoConfig.EdgeService(edgePort, Map.of(PRIMARY, URI.create("http://x")))),
            new RouteStore(folder.resolve("echo")),
            new WriteLog(folder.resolve("echo.ndjson"), Clock.systemUTC()));
    URI site = URI.create("http://127.0.0.1:" + echo.port());
    String body = "0123456789".repeat(100_000);
    try (EdgeProxy _ =
        new EdgeProxy(new ServiceId("echo"), edgePort, Map.of(PRIMARY, site), routes)) {
      HttpResponse<String> answer =
          world.send(
              HttpRequest.newBuilder(
                      URI.create("http://127.0.0.1:" + edgePort + "/a%20b?c=d&e=%2F"))
                  .method("PATCH", HttpRequest.BodyPublishers.ofString(body))
                  .header("X-Asked", "yes")
                  .build());
      assertThat(answer.statusCode()).isEqualTo(201);
      assertThat(answer.headers().firstValue("X-Seen")).hasValue("PATCH /a%20b?c=d&e=%2F yes");
      assertThat(answer.body()).isEqualTo(body);
      HttpResponse<String> head =
          world.send(
              HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + edgePort + "/"))
                  .HEAD()
                  .build());
      assertThat(head.statusCode()).isEqualTo(201);
    } finally {
      echo.disposeNow();
    }
  }

  @Test
  void aUserWhoLeavesDoesNotDisturbOthers() throws Exception {
    world.mode("primary", "slow");
    try (Socket user = DemoWorld.connect(world.edgePort())) {
      user.getOutputStream().write("GET / HTTP/1.1\r\nHost: x\r\n\r\n".getBytes(UTF_8));
    }
    world.mode("primary", "ok");
    await().untilAsserted(() -> assertThat(world.serving()).isEqualTo("primary"));
  }

  private static DisposableServer echo(int port) {
    return HttpServer.create()
        .host("127.0.0.1")
        .port(port)
        .handle((request, response) ->
            response
                .status(201)
                .header(
                    "X-Seen",
                    "%s %s %s"
                        .formatted(
                            request.method(),
                            request.uri(),
                            request.requestHeaders().get("X-Asked")))
                .send(request.receive().retain().switchIfEmpty(Mono.empty())))
        .bindNow();
  }

  private void reachReferences() throws IOException {
    DemoWorld.connect(world.config.referencesPort()).close();
  }
}
