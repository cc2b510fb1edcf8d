package io.echopilot.fleet.demo;

import static java.nio.charset.StandardCharsets.UTF_8;
import static java.util.Objects.requireNonNull;

import io.echopilot.events.EventJson;
import io.echopilot.events.ServiceId;
import io.echopilot.events.SiteId;
import io.echopilot.events.webhook.WebhookSignature;
import io.echopilot.fleet.FreePorts;
import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.time.InstantSource;
import java.time.ZoneOffset;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import tools.jackson.databind.JsonNode;

/** A demo on ports of its own, with those who talk to it. */
final class DemoWorld implements AutoCloseable {
  static final Instant NOW = Instant.parse("2026-11-24T10:00:00Z");
  static final SiteId PRIMARY = new SiteId("primary");
  static final SiteId FALLBACK = new SiteId("fallback");
  static final ServiceId SERVICE = new ServiceId("demo");
  static final ServiceId OTHER = new ServiceId("other");

  private final FreePorts ports = new FreePorts();
  private final HttpClient http = HttpClient.newHttpClient();
  private final WebhookSignature keys =
      new WebhookSignature(
          Map.of("k1", bytes("first"), "k2", bytes("second"), "stolen", bytes("guess")));
  final Path data;
  final DemoConfig config;
  private final int edgePort = ports.next();
  private Demo demo;

  DemoWorld(Path folder) throws IOException {
    data = Files.createDirectories(folder.resolve("data"));
    int primary = ports.next();
    int fallback = ports.next();
    Map<SiteId, URI> sites = new LinkedHashMap<>();
    sites.put(PRIMARY, URI.create("http://127.0.0.1:" + primary));
    sites.put(FALLBACK, URI.create("http://127.0.0.1:" + fallback));
    config =
        new DemoConfig(
            data,
            ports.next(),
            ports.next(),
            Map.of(PRIMARY, primary, FALLBACK, fallback),
            Map.of(
                SERVICE, new DemoConfig.EdgeService(edgePort, sites),
                OTHER, new DemoConfig.EdgeService(null, sites)),
            Map.of(
                "k1", Files.writeString(folder.resolve("k1"), "first\n"),
                "k2", Files.writeString(folder.resolve("k2"), "second\n")));
    demo = start();
  }

  private Demo start() {
    return Demo.start(config, Clock.fixed(NOW, ZoneOffset.UTC));
  }

  void restart() {
    demo.close();
    demo = start();
  }

  @Override
  public void close() {
    demo.close();
    http.close();
  }

  int edgePort() {
    return edgePort;
  }

  int sitePort(SiteId site) {
    return requireNonNull(config.sites().get(site));
  }

  static Socket connect(int port) throws IOException {
    return new Socket(InetAddress.ofLiteral("127.0.0.1"), port);
  }

  URI edge(String path) {
    return URI.create("http://127.0.0.1:" + edgePort() + path);
  }

  URI site(SiteId site, String path) {
    return URI.create("http://127.0.0.1:" + sitePort(site) + path);
  }

  URI control(String path) {
    return URI.create("http://127.0.0.1:" + config.controlPort() + path);
  }

  HttpResponse<String> get(URI uri) throws IOException, InterruptedException {
    return send(HttpRequest.newBuilder(uri).build());
  }

  HttpResponse<String> send(HttpRequest request) throws IOException, InterruptedException {
    return http.send(request, HttpResponse.BodyHandlers.ofString(UTF_8));
  }

  String serving() throws IOException, InterruptedException {
    return json(get(edge("/health"))).path("site").asString();
  }

  void mode(String site, String mode) throws IOException, InterruptedException {
    HttpResponse<String> answer =
        send(
            HttpRequest.newBuilder(control("/demo/sites/" + site + "/mode"))
                .PUT(HttpRequest.BodyPublishers.ofString(mode))
                .build());
    if (answer.statusCode() != 200) {
      throw new IllegalStateException(answer.body());
    }
  }

  JsonNode post(String path) throws IOException, InterruptedException {
    return json(
        send(
            HttpRequest.newBuilder(control(path))
                .POST(HttpRequest.BodyPublishers.noBody())
                .build()));
  }

  /** A signed PUT of the service's route. */
  Signed put(SiteId site, long counter, String decision) {
    return put("demo", body("demo", site.value(), counter, decision));
  }

  Signed put(String service, String body) {
    return new Signed("PUT", "/services/" + service + "/route", body, "k1", NOW);
  }

  Signed read() {
    return new Signed("GET", "/services/demo/route", "", "k1", NOW);
  }

  static String body(String service, String site, long counter, String decision) {
    return """
    {"service":"%s","site":"%s","epoch":{"generation":0,"counter":%d},"decisionId":"%s"}\
    """
        .formatted(service, site, counter, decision);
  }

  List<JsonNode> writes() throws IOException {
    return Files.readAllLines(data.resolve(Demo.WRITES)).stream()
        .map(line -> EventJson.mapper().readTree(line))
        .toList();
  }

  List<String> outcomes() throws IOException {
    return writes().stream().map(line -> line.path("outcome").asString()).toList();
  }

  static JsonNode json(HttpResponse<String> response) {
    return EventJson.mapper().readTree(response.body());
  }

  private static byte[] bytes(String text) {
    return text.getBytes(UTF_8);
  }

  /** A request about to be sent as the contract says. */
  final class Signed {
    private final String method;
    private final String path;
    private final String body;
    private String keyId;
    private InstantSource clock;
    final String nonce = UUID.randomUUID().toString();

    private Signed(String method, String path, String body, String keyId, Instant at) {
      this.method = method;
      this.path = path;
      this.body = body;
      this.keyId = keyId;
      this.clock = InstantSource.fixed(at);
    }

    Signed key(String id) {
      keyId = id;
      return this;
    }

    Signed at(Instant time) {
      clock = InstantSource.fixed(time);
      return this;
    }

    HttpRequest request() {
      return request(body);
    }

    /** Signed for its own body and sent with another. */
    HttpRequest request(String sent) {
      long timestamp = clock.instant().getEpochSecond();
      String signature =
          keys.sign(new WebhookSignature.Request(keyId, timestamp, nonce, method, path, "", body));
      return HttpRequest.newBuilder(control(path))
          .method(method, HttpRequest.BodyPublishers.ofString(sent))
          .header(WebhookSignature.KEY_ID_HEADER, keyId)
          .header(WebhookSignature.TIMESTAMP_HEADER, Long.toString(timestamp))
          .header(WebhookSignature.NONCE_HEADER, nonce)
          .header(WebhookSignature.SIGNATURE_HEADER, signature)
          .build();
    }

    HttpResponse<String> send() throws IOException, InterruptedException {
      return DemoWorld.this.send(request());
    }

    CompletableFuture<HttpResponse<String>> sendAsync() {
      return http.sendAsync(request(), HttpResponse.BodyHandlers.ofString(UTF_8));
    }

    boolean signed(HttpResponse<String> answer) {
      return keys.verifyAnswer(
          keyId,
          nonce,
          answer.statusCode(),
          answer.body(),
          answer.headers().firstValue(WebhookSignature.SIGNATURE_HEADER).orElse(""));
    }
  }
}
