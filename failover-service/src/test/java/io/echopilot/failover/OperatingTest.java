package io.echopilot.failover;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.echopilot.events.EventJson;
import io.echopilot.events.FailoverEvent.RouteEstablished;
import java.io.IOException;
import java.net.http.HttpResponse;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;

/** The running service as an operator, a probe of Kubernetes and a stranger meet it. */
@ExtendWith(SharedWorld.class)
class OperatingTest {
  private final FailoverWorld world;

  OperatingTest(FailoverWorld world) {
    this.world = world;
  }

  @Test
  void itIsAlive() throws Exception {
    assertThat(json(get("/actuator/health/liveness", null)).path("status").asString())
        .isEqualTo("UP");
  }

  @Test
  void itIsReadyWhenStreamsRunsAndTheStatesAreRead() {
    await()
        .atMost(FailoverWorld.PATIENCE)
        .untilAsserted(() -> {
          HttpResponse<String> health = get("/actuator/health/readiness", null);
          assertThat(health.statusCode()).isEqualTo(200);
          assertThat(json(health).path("components").propertyNames())
              .containsExactlyInAnyOrder("readinessState", "streams", "board");
        });
  }

  @Test
  void prometheusReadsWhatTheServiceCounts() throws Exception {
    assertThat(get("/actuator/prometheus", null).body())
        .contains("echopilot_catalog_problems ")
        .contains("jvm_memory_used_bytes")
        .contains("kafka_stream_thread_");
  }

  @ParameterizedTest
  @ValueSource(strings = {"viewer", "operator", "admin"})
  void eachRoleMayRead(String user) throws Exception {
    assertThat(get("/api/v1/services", user).statusCode()).isEqualTo(200);
    assertThat(get("/api/v1/catalog", user).statusCode()).isEqualTo(200);
  }

  @ParameterizedTest
  @ValueSource(strings = {"/api/v1/services", "/api/v1/services/checkout", "/api/v1/catalog"})
  void nobodyReadsWithoutCredentials(String path) throws Exception {
    HttpResponse<String> answer = get(path, null);

    assertThat(answer.statusCode()).isEqualTo(401);
    assertThat(answer.headers().firstValue("WWW-Authenticate"))
        .hasValueSatisfying(value -> assertThat(value).startsWith("Basic"));
    assertThat(get(path, "stranger").statusCode()).isEqualTo(401);
    assertThat(world.ask("GET", path, "viewer", "wrong").statusCode()).isEqualTo(401);
  }

  @ParameterizedTest
  @CsvSource({
    "GET, /",
    "GET, /actuator",
    "GET, /actuator/env",
    "GET, /actuator/heapdump",
    "GET, /api/v2/services",
    "POST, /api/v1/services",
    "PUT, /api/v1/services/checkout",
    "DELETE, /api/v1/services/checkout",
    "POST, /actuator/health"
  })
  void whatIsNotOfferedIsDeniedToAll(String method, String path) throws Exception {
    assertThat(world.ask(method, path, "admin", "secret").statusCode()).isEqualTo(403);
    assertThat(world.ask(method, path, null, "").statusCode()).isEqualTo(401);
  }

  @Test
  void aBrokenFileIsShownWithItsLineUntilItIsMended() {
    world.write("broken.yaml", "services:\n  - id: broken\n    ownr: me\n");
    try {
      await()
          .untilAsserted(() -> {
            JsonNode status = json(get("/api/v1/catalog", "viewer"));
            assertThat(status.path("inForce").asBoolean()).isFalse();
            assertThat(status.path("problems").path(0).path("line").asInt()).isEqualTo(3);
            assertThat(get("/actuator/prometheus", null).body())
                .contains("echopilot_catalog_problems 1.0");
          });
    } finally {
      world.delete("broken.yaml");
    }

    await()
        .untilAsserted(
            () -> assertThat(get("/api/v1/catalog", "viewer").body()).doesNotContain("ownr"));
  }

  @Test
  void aServiceComesAndGoesWithItsFile() {
    world.write("removed.yaml", world.yaml("removed"));
    world.await("removed", RouteEstablished.class);
    await()
        .untilAsserted(() ->
            assertThat(get("/api/v1/services/removed", "viewer").body())
                .contains("\"phase\":\"steady\""));

    world.write("removed.yaml", "services:\n  - {id: removed, removed: true}\n");
    await()
        .untilAsserted(() ->
            assertThat(get("/api/v1/services/removed", "viewer").statusCode()).isEqualTo(404));
  }

  private HttpResponse<String> get(String path, @Nullable String user)
      throws IOException, InterruptedException {
    return world.get(path, user);
  }

  private static JsonNode json(HttpResponse<String> answer) {
    return EventJson.mapper().readTree(answer.body());
  }
}
