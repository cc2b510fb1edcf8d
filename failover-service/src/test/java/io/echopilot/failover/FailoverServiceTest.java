package io.echopilot.failover;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.echopilot.events.EventCodec;
import io.echopilot.events.FailoverEvent.FailoverCompleted;
import io.echopilot.events.FailoverEvent.FailoverStarted;
import io.echopilot.events.FailoverEvent.RouteEstablished;
import io.echopilot.events.TopicNames;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Base64;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The service as a whole: a real broker, a real edge, results as a prober would publish them. */
class FailoverServiceTest {
  private static FailoverWorld world;

  @BeforeAll
  static void start(@TempDir Path folder) throws IOException {
    world = new FailoverWorld(folder);
  }

  @AfterAll
  static void stop() {
    world.close();
  }

  @Test
  void aFailingPrimarySendsTheTrafficToTheFallback() throws Exception {
    world.write(world.yaml("checkout"));
    world.await("checkout", RouteEstablished.class);

    world.probe("checkout", "fallback", true, true);
    world.probe("checkout", "primary", false, false, false);

    FailoverStarted started = world.await("checkout", FailoverStarted.class);
    assertThat(started.to()).hasToString("fallback");
    assertThat(started.rationale().evidence()).hasSize(5);
    FailoverCompleted completed = world.await("checkout", FailoverCompleted.class);
    assertThat(completed.epoch()).isEqualTo(started.epoch());
    assertThat(world.edgeRoute("checkout")).isEqualTo("fallback");
    await()
        .untilAsserted(() ->
            assertThat(get("/api/v1/services/checkout", "viewer").body())
                .contains("\"phase\":\"failed-over\""));
  }

  @Test
  void garbageIsDeadLetteredWithItsReasonAndTheNextRecordIsProcessed() {
    world.write(world.yaml("garbled"));
    world.await("garbled", RouteEstablished.class);

    var garbage = new ProducerRecord<>(TopicNames.PROBE_RESULTS, "garbled", "{".getBytes(UTF_8));
    garbage.headers().add(EventCodec.TYPE, "io.echopilot.probe.completed.v1".getBytes(UTF_8));
    world.send(garbage);
    world.probe("garbled", "fallback", true, true);
    world.probe("garbled", "primary", false, false, false);

    world.await("garbled", FailoverStarted.class);
    assertThat(world.deadLetters(TopicNames.PROBE_RESULTS))
        .anySatisfy(reason -> assertThat(reason).startsWith("value: "));
  }

  @Test
  void nobodyReadsTheStateWithoutCredentials() throws Exception {
    assertThat(get("/api/v1/services", null).statusCode()).isEqualTo(401);
    assertThat(get("/api/v1/services", "stranger").statusCode()).isEqualTo(401);
    assertThat(get("/api/v1/services", "viewer").statusCode()).isEqualTo(200);
    assertThat(get("/actuator/health/readiness", null).statusCode()).isEqualTo(200);
    assertThat(get("/actuator/prometheus", null).body())
        .contains("echopilot_failover_events_total");
  }

  @Test
  void anUnknownServiceIsAProblemThatSaysWhatToDo() throws Exception {
    HttpResponse<String> answer = get("/api/v1/services/nothing", "viewer");

    assertThat(answer.statusCode()).isEqualTo(404);
    assertThat(answer.body()).contains("GET /api/v1/services lists them");
  }

  private static HttpResponse<String> get(String path, @Nullable String user)
      throws IOException, InterruptedException {
    HttpRequest.Builder request =
        HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + world.port() + path))
            .timeout(Duration.ofSeconds(10));
    if (user != null) {
      request.header(
          "Authorization",
          "Basic " + Base64.getEncoder().encodeToString((user + ":secret").getBytes(UTF_8)));
    }
    return HttpClient.newHttpClient().send(request.build(), HttpResponse.BodyHandlers.ofString());
  }
}
