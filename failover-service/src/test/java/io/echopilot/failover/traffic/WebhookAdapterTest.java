package io.echopilot.failover.traffic;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.echopilot.events.SiteId;
import io.echopilot.events.webhook.WebhookSignature;
import io.echopilot.failover.traffic.TrafficAdapter.Fencing;
import io.echopilot.failover.traffic.TrafficAdapter.Outcome;
import io.echopilot.failover.traffic.TrafficAdapter.ReadBack;
import io.echopilot.fleet.FreePorts;
import io.echopilot.fleet.demo.Demo;
import io.echopilot.fleet.demo.DemoConfig;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.LinkedHashMap;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.web.reactive.function.client.WebClient;

/** The webhook adapter against the demo's edge, and against edges that are none. */
class WebhookAdapterTest extends TrafficAdapterContract {
  private static final WebhookSignature KEYS = keys("k1", "a secret of sixteen bytes or more");
  private static final String ROUTE =
      """
      {"service":"demo","site":"fallback","epoch":{"generation":0,"counter":1},"decisionId":"d1"}\
      """;

  private final HttpClient http = HttpClient.newHttpClient();
  private final FakeEdge fake = new FakeEdge();
  private @TempDir Path folder;
  private Demo demo;
  private URI edge;

  @BeforeEach
  void start() throws IOException {
    FreePorts ports = new FreePorts();
    int control = ports.next();
    edge = URI.create("http://127.0.0.1:" + control);
    Path key = Files.writeString(folder.resolve("k1"), "a secret of sixteen bytes or more\n");
    Map<SiteId, URI> sites = new LinkedHashMap<>();
    sites.put(PRIMARY, URI.create("http://127.0.0.1:1"));
    sites.put(FALLBACK, URI.create("http://127.0.0.1:1"));
    demo =
        Demo.start(
            new DemoConfig(
                folder,
                control,
                ports.next(),
                Map.of(),
                Map.of(SERVICE, new DemoConfig.EdgeService(null, sites)),
                Map.of("k1", key)),
            Clock.systemUTC());
  }

  @AfterEach
  void stop() {
    demo.close();
    fake.close();
    http.close();
  }

  @Override
  TrafficAdapter adapter() {
    return to(edge, "k1", KEYS);
  }

  @Override
  TrafficAdapter withWrongCredentials() {
    return to(edge, "k1", keys("k1", "another secret of sixteen bytes"));
  }

  @Override
  TrafficAdapter toNobody() {
    return to(URI.create("http://127.0.0.1:1"), "k1", KEYS);
  }

  @Override
  TrafficAdapter toSomethingElse() {
    fake.answers(200, "<html>Welcome!</html>", signer("k1", KEYS));
    return toFake();
  }

  @Override
  void hold() throws Exception {
    post("/demo/hold");
  }

  @Override
  void release() throws Exception {
    await().until(() -> get("/demo/held").contains("\"count\":1"));
    post("/demo/release");
  }

  @Override
  int effects() throws IOException {
    Path writes = folder.resolve(Demo.WRITES);
    if (!Files.exists(writes)) {
      return 0;
    }
    return (int)
        Files.readAllLines(writes).stream()
            .filter(line -> line.contains("\"outcome\":\"applied\""))
            .count();
  }

  @Test
  void itPromisesThatALateWriterCannotWin() {
    assertThat(adapter().fencing()).isEqualTo(Fencing.COMPARE_AND_SET);
  }

  @Test
  void anUnknownKeyIsAnErrorWithTheEdgesReason() throws Exception {
    TrafficAdapter stranger = to(edge, "k9", keys("k9", "a secret of sixteen bytes or more"));

    assertErrored(
        get(stranger.apply(order(FALLBACK, 1, "d1"))),
        "the edge answered 401: the key id is not known here");
  }

  @Test
  void anAnswerThatIsNotSignedIsNotBelieved() throws Exception {
    fake.answers(200, ROUTE, null);

    assertErrored(applyAtFake(), "the edge's answer is not signed with a key known here");
    assertUnreadable(read(toFake()), "the edge's answer is not signed with a key known here");
  }

  @Test
  void anAnswerSignedWithAnotherSecretIsNotBelieved() throws Exception {
    fake.answers(200, ROUTE, signer("k1", keys("k1", "another secret of sixteen bytes")));

    assertUnreadable(read(toFake()), "not signed with a key known here");
  }

  @Test
  void anAnswerSignedWithAnUnknownKeyIsNotBelieved() throws Exception {
    fake.answers(200, ROUTE, signer("k9", keys("k9", "another secret of sixteen bytes")));

    assertUnreadable(read(toFake()), "not signed with a key known here");
  }

  @Test
  void anAnswerToAnotherRequestIsNotBelieved() throws Exception {
    fake.answers(200, ROUTE, new FakeEdge.Signer("k1", KEYS, "an older nonce"));

    assertUnreadable(read(toFake()), "not signed with a key known here");
  }

  @Test
  void anUnsignedRefusalIsNotBelieved() throws Exception {
    fake.answers(409, "{\"error\":\"no\",\"current\":%s}".formatted(ROUTE), null);

    assertErrored(applyAtFake(), "not signed with a key known here");
  }

  @Test
  void duringARotationAnAnswerMayStillBeSignedWithTheOldKey() throws Exception {
    WebhookSignature both =
        new WebhookSignature(
            Map.of("k1", bytes("a secret of sixteen bytes or more"), "k0", bytes("the old one")));
    fake.answers(200, ROUTE, signer("k0", keys("k0", "the old one")));

    assertThat(get(to(fake.url(), "k1", both).apply(order(FALLBACK, 1, "d1"))))
        .isEqualTo(new Outcome.Applied());
  }

  @Test
  void anEdgeThatSaysYesToAnotherRouteHasNotDoneWhatItWasTold() throws Exception {
    fake.answers(200, ROUTE, signer("k1", KEYS));

    assertErrored(
        get(toFake().apply(order(PRIMARY, 2, "d2"))),
        "the edge answered 200 with another route: fallback under epoch 0.1");
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "null", "[]", "{", "<html>", "{\"epoch\":{\"counter\":-1}}"})
  void aSignedAnswerThatMakesNoSenseIsAnErrorThatSaysSo(String body) throws Exception {
    fake.answers(200, body, signer("k1", KEYS));

    assertErrored(applyAtFake(), "the edge's answer can't be read: ");
    assertUnreadable(read(toFake()), "the edge's answer can't be read: ");
  }

  @Test
  void aRefusalWithoutARouteIsAnError() throws Exception {
    fake.answers(409, "{\"error\":\"no\"}", signer("k1", KEYS));

    assertErrored(applyAtFake(), "the edge answered 409: no");
  }

  @Test
  void anErrorPageIsAnErrorWithItsStatus() throws Exception {
    fake.answers(502, "<html>Bad Gateway</html>", null);

    assertErrored(applyAtFake(), "the edge answered 502: without a reason");
    assertUnreadable(read(toFake()), "the edge answered 502: without a reason");
  }

  @Test
  void aRedirectIsNotFollowed() throws Exception {
    fake.answers(307, "", null);

    assertErrored(applyAtFake(), "the edge answered 307");
  }

  @Test
  void aLongReasonIsCutShort() throws Exception {
    fake.answers(500, "{\"error\":\"%s\"}".formatted("no ".repeat(1_000)), null);

    assertThat(applyAtFake())
        .isInstanceOfSatisfying(
            Outcome.Errored.class, errored -> assertThat(errored.reason()).hasSizeLessThan(300));
  }

  @Test
  void anEdgeWithoutARouteIsReadAsSuch() throws Exception {
    fake.answers(200, "{\"service\":\"demo\"}", signer("k1", KEYS));

    assertThat(read(toFake()))
        .isInstanceOfSatisfying(
            ReadBack.Read.class, read -> assertThat(read.route().site()).isNull());
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "/", "/edge%20one", "/edge%20one/"})
  void aPathInTheEndpointsUrlIsKeptAndSignedAsSent(String path) throws Exception {
    fake.answers(200, ROUTE, signer("k1", KEYS));

    read(to(URI.create(fake.url() + path), "k1", KEYS));

    assertThat(fake.path())
        .isEqualTo((path.equals("/") ? "" : path.replaceAll("/$", "")) + "/services/demo/route");
  }

  private Outcome applyAtFake() throws Exception {
    return get(toFake().apply(order(FALLBACK, 1, "d1")));
  }

  private TrafficAdapter toFake() {
    return to(fake.url(), "k1", KEYS);
  }

  private static TrafficAdapter to(URI url, String keyId, WebhookSignature keys) {
    return new WebhookAdapter(WebClient.create(), url, keyId, keys, TIMEOUT, Clock.systemUTC());
  }

  private static FakeEdge.Signer signer(String keyId, WebhookSignature keys) {
    return new FakeEdge.Signer(keyId, keys, null);
  }

  private static WebhookSignature keys(String id, String secret) {
    return new WebhookSignature(Map.of(id, bytes(secret)));
  }

  private static byte[] bytes(String secret) {
    return secret.getBytes(UTF_8);
  }

  private String get(String path) throws IOException, InterruptedException {
    return send(HttpRequest.newBuilder(edge.resolve(path)).build());
  }

  private void post(String path) throws IOException, InterruptedException {
    send(
        HttpRequest.newBuilder(edge.resolve(path))
            .POST(HttpRequest.BodyPublishers.noBody())
            .build());
  }

  private String send(HttpRequest request) throws IOException, InterruptedException {
    return http.send(request, HttpResponse.BodyHandlers.ofString()).body();
  }
}
