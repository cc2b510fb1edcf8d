package io.echopilot.probes.tcp;

import static io.echopilot.probes.Findings.expect;
import static io.echopilot.probes.Findings.expectSuccess;
import static org.assertj.core.api.Assertions.assertThat;

import io.echopilot.events.ProbeError.Kind;
import io.echopilot.probes.Documented;
import io.echopilot.probes.Finding;
import io.echopilot.probes.Worlds;
import java.net.URI;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.netty.DisposableServer;
import reactor.netty.tcp.TcpServer;

@Timeout(60)
class TcpProbeTest {
  private static final Duration SHORT = Duration.ofMillis(500);
  private final List<DisposableServer> servers = new ArrayList<>();

  @AfterEach
  void stopServers() {
    servers.forEach(DisposableServer::disposeNow);
  }

  @Test
  void theDocumentedExampleWorks() {
    int port = likeRedis();

    expectSuccess(
        Worlds.run(
            Documented.example("tcp").replace("6379", Integer.toString(port)),
            URI.create("http://127.0.0.1")));
  }

  @Test
  void aConnectionIsEnoughWhenNothingIsExpected() {
    int port = serving(server -> server.handle((_, _) -> Mono.never()));

    Finding finding = Worlds.run("tcp: {}", URI.create("http://127.0.0.1:" + port), SHORT);

    expectSuccess(finding);
    assertThat(finding.phases().connect()).isPositive();
  }

  @Test
  void aGreetingIsReadWithoutAWord() {
    int port =
        serving(server ->
            server.handle(
                (_, out) -> out.sendString(Flux.just("220 mail", " ready\r\n")).neverComplete()));

    expectSuccess(run("{port: %d, expect: \"^220 .*ready\"}".formatted(port)));
  }

  @Test
  void anotherAnswerIsAFailure() {
    expect(
        run("{port: %d, send: \"AUTH\", expect: PONG}".formatted(likeRedis())),
        Kind.ANSWER,
        "to say something like PONG, got -ERR");
  }

  @Test
  void anotherAnswerIsToldWhenTheConnectionIsKept() {
    int port =
        serving(server ->
            server.handle(
                (_, out) -> out.sendString(Flux.just("550 go away\r\n")).neverComplete()));

    expect(
        run("{port: %d, expect: \"^220\"}".formatted(port)),
        Kind.ANSWER,
        "to say something like ^220, got 550 go away");
  }

  @Test
  void aServerThatLeavesIsAFailure() {
    int port = serving(server -> server.doOnConnection(connection -> connection.dispose()));

    Finding finding = run("{port: %d, expect: x}".formatted(port));

    assertThat(finding.error()).isNotNull();
  }

  @Test
  void aServerThatKeepsSilentIsATimeOutAndOneThatDripsIsHeard() {
    int silent = serving(server -> server.handle((_, _) -> Mono.never()));
    int dripping =
        serving(server ->
            server.handle((_, out) ->
                out.send(
                    Flux.interval(Duration.ofMillis(50))
                        .onBackpressureDrop()
                        .map(_ -> io.netty.buffer.Unpooled.copiedBuffer(new byte[] {'x'})),
                    _ -> true)));

    expect(run("{port: %d, expect: y}".formatted(silent)), Kind.TIMEOUT, "within 500 ms");
    expect(run("{port: %d, expect: y}".formatted(dripping)), Kind.ANSWER, "like y, got xx");
  }

  @Test
  void ofWhatDoesNotEndOnlyTheBeginningIsRead() {
    int port =
        serving(server ->
            server.handle((_, out) ->
                out.send(
                    Flux.range(0, 65_536)
                        .map(_ -> io.netty.buffer.Unpooled.wrappedBuffer(new byte[16 * 1024])),
                    _ -> true)));

    expect(
        Worlds.run("tcp: {port: %d, expect: y}".formatted(port), URI.create("http://127.0.0.1")),
        Kind.ANSWER,
        "to say something like y");
  }

  @Test
  void aRefusedConnectionSaysByWhom() {
    int port = likeRedis();
    stopServers();

    expect(run("{port: %d}".formatted(port)), Kind.REFUSED, "refused by 127.0.0.1:" + port);
  }

  private static Finding run(String tcp) {
    return Worlds.run("tcp: " + tcp, URI.create("http://127.0.0.1:1"), SHORT);
  }

  private int likeRedis() {
    return serving(server ->
        server.handle((in, out) ->
            out.sendString(
                in.receive()
                    .asString()
                    .map(said -> said.startsWith("PING") ? "+PONG\r\n" : "-ERR unknown\r\n")
                    .take(1))));
  }

  private int serving(UnaryOperator<TcpServer> behaviour) {
    DisposableServer server =
        behaviour.apply(TcpServer.create().host("127.0.0.1").port(0)).bindNow();
    servers.add(server);
    return server.port();
  }
}
