package io.echopilot.probes.tls;

import static io.echopilot.probes.Findings.expect;
import static io.echopilot.probes.Findings.expectSuccess;
import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;

import io.echopilot.events.ProbeError.Kind;
import io.echopilot.probes.Documented;
import io.echopilot.probes.Finding;
import io.echopilot.probes.Worlds;
import io.netty.handler.ssl.ClientAuth;
import io.netty.handler.ssl.SslContextBuilder;
import io.netty.pkitesting.CertificateBuilder;
import io.netty.pkitesting.X509Bundle;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import reactor.core.publisher.Mono;
import reactor.netty.DisposableServer;
import reactor.netty.http.server.HttpServer;
import reactor.netty.tcp.TcpServer;

/** Against servers with certificates of all sorts; over {@code https}, too. */
@Timeout(60)
class TlsProbeTest {
  private static X509Bundle authority;
  private final List<DisposableServer> servers = new ArrayList<>();

  @BeforeAll
  static void foundAuthority() throws Exception {
    authority =
        new CertificateBuilder()
            .subject("CN=Test authority")
            .setIsCertificateAuthority(true)
            .buildSelfSigned();
  }

  @AfterEach
  void stopServers() {
    servers.forEach(DisposableServer::disposeNow);
  }

  @Test
  void theDocumentedExampleWorks() throws Exception {
    int port = serving(signed(certificate -> certificate));
    String example = Documented.example("tls");
    assertThat(example).contains("8443", "localhost");

    expectSuccess(
        Worlds.run(
            example.replace("8443", Integer.toString(port)).replace("}", ", ca: " + ca() + "}"),
            URI.create("http://127.0.0.1")));
  }

  @Test
  void aTrustedCertificateIsASuccessWithItsDaysLeft() throws Exception {
    int port = serving(signed(certificate -> certificate));

    Finding finding = tls("{name: localhost, ca: %s}".formatted(ca()), port);

    expectSuccess(finding);
    assertThat(requireNonNull(finding.numbers().get("daysLeft"))).isBetween(29.0, 30.1);
    assertThat(finding.phases().tls()).isPositive();
    expectSuccess(https("{ca: %s, daysLeft: 20}".formatted(ca()), port));
  }

  @Test
  void oneThatEndsSoonIsAFailure() throws Exception {
    int port =
        serving(
            signed(certificate -> certificate.notAfter(Instant.now().plus(Duration.ofDays(5)))));

    Finding finding = tls("{name: localhost, ca: %s}".formatted(ca()), port);

    expect(finding, Kind.EXPIRING, "the certificate of CN=localhost ends at ");
    assertThat(requireNonNull(finding.error()).message()).endsWith("; 14 days must be left");
    expectSuccess(tls("{name: localhost, ca: %s, daysLeft: 3}".formatted(ca()), port));
    expect(https("{ca: %s, daysLeft: 6}".formatted(ca()), port), Kind.EXPIRING, "6 days");
    expectSuccess(https("{ca: %s}".formatted(ca()), port));
  }

  @Test
  void oneThatHasEndedIsNotTrusted() throws Exception {
    int port =
        serving(
            signed(certificate ->
                certificate
                    .notBefore(Instant.now().minus(Duration.ofDays(9)))
                    .notAfter(Instant.now().minus(Duration.ofDays(1)))));

    expect(
        tls("{name: localhost, ca: %s}".formatted(ca()), port),
        Kind.TLS,
        "its certificate has expired");
    expect(https("{ca: %s}".formatted(ca()), port), Kind.TLS, "its certificate has expired");
    expect(
        tls("{name: localhost, verify: false}", port),
        Kind.EXPIRING,
        "the certificate of CN=localhost ends at ");
  }

  @Test
  void oneThatIsSelfSignedIsNotTrustedUnlessThatDoesNotMatter() throws Exception {
    X509Bundle own =
        new CertificateBuilder()
            .subject("CN=localhost")
            .addSanDnsName("localhost")
            .setIsCertificateAuthority(true)
            .notAfter(Instant.now().plus(Duration.ofDays(30)))
            .buildSelfSigned();
    int port = serving(own);

    String distrust = "nobody who is trusted has signed its certificate";
    expect(tls("{name: localhost}", port), Kind.TLS, distrust);
    expect(https("{}", port), Kind.TLS, distrust);
    expectSuccess(tls("{name: localhost, verify: false}", port));
    expectSuccess(https("{verify: false}", port));
  }

  @Test
  void oneForAnotherNameIsNotTrusted() throws Exception {
    int port = serving(signed(certificate -> certificate));

    expect(
        tls("{name: www.example.com, ca: %s}".formatted(ca()), port), Kind.TLS, "www.example.com");
    Finding byAddress =
        Worlds.run(
            "http: {tls: {ca: %s}}".formatted(ca()), URI.create("https://127.0.0.1:" + port));
    expect(byAddress, Kind.TLS, "127.0.0.1");
  }

  @Test
  void aClientShowsItsCertificateWhereItHasOne() throws Exception {
    X509Bundle server = signed(certificate -> certificate);
    X509Bundle client = signed(certificate -> certificate.subject("CN=prober"));
    int port = servingClients(server);
    String settings = "{ca: %s, client: secret:prober}".formatted(ca());
    Map<String, String> secrets =
        Map.of("prober", client.getCertificatePathPEM() + client.getPrivateKeyPEM());
    URI site = URI.create("https://localhost:" + port);

    expectSuccess(Worlds.run("http: {tls: %s}".formatted(settings), site, secrets));
    assertThat(https("{ca: %s}".formatted(ca()), port).error()).isNotNull();
    expect(
        Worlds.run("http: {tls: %s}".formatted(settings), site, Map.of("prober", "rubbish")),
        Kind.SETUP,
        "secret:prober does not hold a certificate and its key as PEM text");
  }

  @Test
  void aServerThatDoesNotShakeHandsIsAFailure() {
    DisposableServer silent =
        TcpServer.create().host("127.0.0.1").port(0).handle((_, _) -> Mono.never()).bindNow();
    DisposableServer plain =
        TcpServer.create()
            .host("127.0.0.1")
            .port(0)
            .handle((_, out) -> out.sendString(Mono.just("220 mail ready\r\n")))
            .bindNow();
    servers.addAll(List.of(silent, plain));
    URI site = URI.create("http://127.0.0.1");

    expect(
        Worlds.run("tls: {port: %d}".formatted(silent.port()), site, Duration.ofMillis(300)),
        Kind.TIMEOUT,
        "within 300 ms");
    expect(Worlds.run("tls: {port: %d}".formatted(plain.port()), site), Kind.TLS, "no trusted TLS");
  }

  private static Finding tls(String settings, int port) {
    return Worlds.run("tls: " + settings, URI.create("https://127.0.0.1:" + port));
  }

  private static Finding https(String settings, int port) {
    return Worlds.run(
        "http: {tls: %s}".formatted(settings), URI.create("https://localhost:" + port));
  }

  private static String ca() {
    return '"' + authority.getCertificatePEM().strip().replace("\r", "").replace("\n", "\\n") + '"';
  }

  private static X509Bundle signed(UnaryOperator<CertificateBuilder> change) throws Exception {
    CertificateBuilder usual =
        new CertificateBuilder()
            .subject("CN=localhost")
            .addSanDnsName("localhost")
            .notAfter(Instant.now().plus(Duration.ofDays(30)));
    return change.apply(usual).buildIssuedBy(authority);
  }

  private int serving(X509Bundle bundle) throws Exception {
    return serving(bundle, ClientAuth.NONE);
  }

  private int servingClients(X509Bundle bundle) throws Exception {
    return serving(bundle, ClientAuth.REQUIRE);
  }

  private int serving(X509Bundle bundle, ClientAuth clients) throws Exception {
    SslContextBuilder context =
        SslContextBuilder.forServer(bundle.getKeyPair().getPrivate(), bundle.getCertificatePath())
            .clientAuth(clients)
            .trustManager(authority.getCertificate());
    var built = context.build();
    DisposableServer server =
        HttpServer.create()
            .host("localhost")
            .port(0)
            .secure(spec -> spec.sslContext(built))
            .handle((_, response) -> response.sendString(Mono.just("ok")))
            .bindNow();
    servers.add(server);
    return server.port();
  }
}
