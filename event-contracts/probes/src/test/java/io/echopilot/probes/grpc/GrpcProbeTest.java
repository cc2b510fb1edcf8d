package io.echopilot.probes.grpc;

import static io.echopilot.probes.Findings.expect;
import static io.echopilot.probes.Findings.expectSuccess;
import static org.assertj.core.api.Assertions.assertThat;

import io.echopilot.events.ProbeError.Kind;
import io.echopilot.probes.Documented;
import io.echopilot.probes.Finding;
import io.echopilot.probes.Worlds;
import io.grpc.Server;
import io.grpc.health.v1.HealthCheckResponse.ServingStatus;
import io.grpc.netty.GrpcSslContexts;
import io.grpc.netty.NettyServerBuilder;
import io.grpc.protobuf.services.HealthStatusManager;
import io.netty.buffer.Unpooled;
import io.netty.handler.ssl.SslContextBuilder;
import io.netty.pkitesting.CertificateBuilder;
import io.netty.pkitesting.X509Bundle;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.function.UnaryOperator;
import javax.net.ssl.SSLException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.netty.DisposableServer;
import reactor.netty.http.HttpProtocol;
import reactor.netty.http.server.HttpServer;
import reactor.netty.http.server.HttpServerRoutes;

/** Against the gRPC server of grpc-java, and against servers that only look like one. */
@Timeout(60)
class GrpcProbeTest {
  private static final Duration SHORT = Duration.ofMillis(500);
  private static final String CHECKOUT = "shop.v1.Checkout";

  private final List<Server> servers = new ArrayList<>();
  private final List<DisposableServer> pretenders = new ArrayList<>();
  private final HealthStatusManager health = new HealthStatusManager();

  @AfterEach
  void stop() {
    servers.forEach(Server::shutdownNow);
    pretenders.forEach(DisposableServer::disposeNow);
  }

  @Test
  void theDocumentedExampleWorks() throws Exception {
    health.setStatus(CHECKOUT, ServingStatus.SERVING);
    int port = serving(server -> server.addService(health.getHealthService()));
    String example = Documented.example("grpc");
    assertThat(example).contains("50051");

    Finding finding =
        Worlds.run(
            example.replace("50051", Integer.toString(port)), URI.create("http://127.0.0.1"));

    expectSuccess(finding);
    assertThat(finding.phases().connect()).isPositive();
    assertThat(finding.phases().firstByte()).isPositive();
  }

  @Test
  void withoutAServiceTheServerIsAsked() throws Exception {
    int port = serving(server -> server.addService(health.getHealthService()));

    expectSuccess(run("{}", port));
    health.setStatus("", ServingStatus.NOT_SERVING);
    expect(
        run("{}", port),
        Kind.ANSWER,
        "expected 127.0.0.1:%d to be SERVING, got NOT_SERVING".formatted(port));
  }

  @Test
  void aServiceThatDoesNotServeIsAFailure() throws Exception {
    int port = serving(server -> server.addService(health.getHealthService()));
    String longName = "shop.v1." + "x".repeat(190);
    health.setStatus(longName, ServingStatus.UNKNOWN);

    expect(run("{service: %s}".formatted(longName), port), Kind.ANSWER, "got UNKNOWN");
    health.enterTerminalState();
    expect(run("{service: %s}".formatted(longName), port), Kind.ANSWER, "got NOT_SERVING");
  }

  @Test
  void whatTheServerDoesNotKnowIsAFailure() throws Exception {
    int port = serving(server -> server.addService(health.getHealthService()));
    int bare = serving(server -> server);

    expect(
        run("{service: other.Service}", port),
        Kind.ANSWER,
        "does not know the service other.Service");
    expect(run("{}", bare), Kind.ANSWER, "has no service grpc.health.v1.Health");
  }

  @Test
  void overTlsItsCertificateMustBeTrustedAndLast() throws Exception {
    X509Bundle own =
        new CertificateBuilder()
            .subject("CN=localhost")
            .addSanDnsName("localhost")
            .setIsCertificateAuthority(true)
            .buildSelfSigned();
    int port =
        serving(server -> {
          try {
            return server
                .addService(health.getHealthService())
                .sslContext(
                    GrpcSslContexts.configure(
                            SslContextBuilder.forServer(
                                own.getKeyPair().getPrivate(), own.getCertificatePath()))
                        .build());
          } catch (SSLException e) {
            throw new IllegalStateException(e);
          }
        });
    String ca = "\"" + own.getCertificatePEM().replace("\r", "").replace("\n", "\\n") + "\"";

    Finding finding = run("{host: localhost, tls: {ca: %s}}".formatted(ca), port);

    expectSuccess(finding);
    assertThat(finding.phases().tls()).isPositive();
    expect(run("{host: localhost, tls: {}}", port), Kind.TLS, "nobody who is trusted");
    expect(
        run("{host: localhost, tls: {ca: %s, daysLeft: 9999}}".formatted(ca), port),
        Kind.EXPIRING,
        "9999 days must be left");
    expect(run("{host: localhost}", port), Kind.PROTOCOL, "did not speak the protocol");
  }

  @Test
  void aServerOfAnotherProtocolDoesNotSpeakGrpc() {
    int http1 = pretending(HttpProtocol.HTTP11, "text/html", Flux.empty());
    int http2 = pretending(HttpProtocol.H2C, "text/html", Flux.empty());

    expect(run("{}", http1), Kind.PROTOCOL, "did not speak the protocol");
    expect(run("{}", http2), Kind.PROTOCOL, "answers HTTP status 200 and does not speak gRPC");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "00",
        "0000000002",
        "0100000002aaaa",
        "00000000028aff",
        "00000000020f01",
        "000000000b12f5ffffffffffffffff01"
      })
  void anAnswerThatIsNoHealthStatusIsAFailure(String hex) {
    int port =
        pretending(HttpProtocol.H2C, "application/grpc", Flux.just(HexFormat.of().parseHex(hex)));

    expect(run("{}", port), Kind.PROTOCOL, "something other than a health status");
  }

  @Test
  void fieldsOfLaterVersionsArePassedOver() {
    int port =
        pretending(
            HttpProtocol.H2C,
            "application/grpc",
            Flux.just(HexFormat.of().parseHex("00000000091203414243" + "0801" + "18" + "05")));

    expectSuccess(run("{}", port));
  }

  @Test
  void ofAnAnswerWithoutEndOnlyTheBeginningIsRead() {
    int port =
        pretending(
            HttpProtocol.H2C,
            "application/grpc",
            Flux.range(0, 65_536).map(_ -> new byte[16 * 1024]));

    expect(run("{}", port), Kind.PROTOCOL, "something other than a health status");
  }

  @Test
  void oneThatHangsOrDripsIsATimeOut() {
    int hanging = pretending(HttpProtocol.H2C, "application/grpc", Flux.never());
    int dripping =
        pretending(
            HttpProtocol.H2C,
            "application/grpc",
            Flux.interval(Duration.ofMillis(50)).map(_ -> new byte[1]));

    expect(impatient(hanging), Kind.TIMEOUT, "within 500 ms");
    expect(impatient(dripping), Kind.TIMEOUT, "within 500 ms");
  }

  private static Finding run(String grpc, int port) {
    return Worlds.run("grpc: " + grpc, URI.create("http://127.0.0.1:" + port));
  }

  private static Finding impatient(int port) {
    return Worlds.run("grpc: {}", URI.create("http://127.0.0.1:" + port), SHORT);
  }

  private int serving(UnaryOperator<NettyServerBuilder> with) throws Exception {
    Server server =
        with.apply(
                NettyServerBuilder.forAddress(
                    new InetSocketAddress(InetAddress.getLoopbackAddress(), 0)))
            .build()
            .start();
    servers.add(server);
    return server.getPort();
  }

  private int pretending(HttpProtocol protocol, String type, Flux<byte[]> body) {
    DisposableServer server =
        HttpServer.create()
            .host("127.0.0.1")
            .port(0)
            .protocol(protocol)
            .route((HttpServerRoutes routes) ->
                routes.post(
                    "/**",
                    (_, response) ->
                        response
                            .header("Content-Type", type)
                            .send(body.map(Unpooled::wrappedBuffer), _ -> true)
                            .then(Mono.empty())))
            .bindNow();
    pretenders.add(server);
    return server.port();
  }
}
