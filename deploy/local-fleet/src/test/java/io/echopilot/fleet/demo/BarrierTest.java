package io.echopilot.fleet.demo;

import static io.echopilot.fleet.demo.DemoWorld.FALLBACK;
import static io.echopilot.fleet.demo.DemoWorld.PRIMARY;
import static io.echopilot.fleet.demo.DemoWorld.json;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.net.Socket;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class BarrierTest {
  private DemoWorld world;

  @BeforeEach
  void start(@TempDir Path folder) throws Exception {
    world = new DemoWorld(folder);
    world.post("/demo/hold");
  }

  @AfterEach
  void stop() {
    world.close();
  }

  @Test
  void aHeldWriteHasNoEffectUntilItIsReleased() throws Exception {
    CompletableFuture<HttpResponse<String>> put = world.put(FALLBACK, 1, "d1").sendAsync();
    awaitHeld(1);
    assertThat(world.serving()).isEqualTo("primary");
    assertThat(put).isNotDone();

    assertThat(world.post("/demo/release").path("released").asInt()).isEqualTo(1);
    assertThat(put.join().statusCode()).isEqualTo(200);
    assertThat(world.serving()).isEqualTo("fallback");
    assertThat(world.put(PRIMARY, 2, "d2").send().statusCode()).isEqualTo(200);
  }

  @Test
  void allAreEvaluatedInTheOrderOfTheirArrival() throws Exception {
    CompletableFuture<HttpResponse<String>> later = world.put(FALLBACK, 2, "d2").sendAsync();
    awaitHeld(1);
    CompletableFuture<HttpResponse<String>> earlier = world.put(PRIMARY, 1, "d1").sendAsync();
    awaitHeld(2);

    world.post("/demo/release");
    assertThat(later.join().statusCode()).isEqualTo(200);
    assertThat(earlier.join().statusCode()).isEqualTo(409);
  }

  @Test
  void theOldestPassesAloneAndTheHoldingGoesOn() throws Exception {
    CompletableFuture<HttpResponse<String>> first = world.put(FALLBACK, 1, "d1").sendAsync();
    awaitHeld(1);
    CompletableFuture<HttpResponse<String>> second = world.put(PRIMARY, 2, "d2").sendAsync();
    awaitHeld(2);

    world.post("/demo/release?count=1");
    assertThat(first.join().statusCode()).isEqualTo(200);
    assertThat(second).isNotDone();
    assertThat(world.serving()).isEqualTo("fallback");
    CompletableFuture<HttpResponse<String>> third = world.put(FALLBACK, 3, "d3").sendAsync();
    awaitHeld(2);
    world.post("/demo/release");
    assertThat(third.join().statusCode()).isEqualTo(200);
  }

  @Test
  void aWriteIsEvaluatedThoughItsSenderDied() throws Exception {
    HttpRequest put = world.put(FALLBACK, 1, "d1").request();
    try (Socket sender = send(put, DemoWorld.body("demo", "fallback", 1, "d1"))) {
      awaitHeld(1);
      sender.setSoLinger(true, 0);
    }
    await().until(this::edgeHasSeenTheHangUp);

    assertThat(world.post("/demo/release").path("released").asInt()).isEqualTo(1);
    assertThat(world.serving()).isEqualTo("fallback");
    assertThat(world.outcomes()).containsExactly("applied");
  }

  /** The control port answers others, so its event loops have had their turn since the reset. */
  private boolean edgeHasSeenTheHangUp() throws Exception {
    for (int i = 0; i < 2 * Runtime.getRuntime().availableProcessors(); i++) {
      world.get(world.control("/demo/sites"));
    }
    return json(world.get(world.control("/demo/held"))).path("count").asInt() == 1;
  }

  private Socket send(HttpRequest request, String body) throws IOException {
    Socket socket = DemoWorld.connect(world.config.controlPort());
    String headers =
        request.headers().map().entrySet().stream()
            .map(header -> header.getKey() + ": " + header.getValue().getFirst() + "\r\n")
            .collect(Collectors.joining());
    String text =
        "PUT %s HTTP/1.1\r\nHost: localhost\r\n%sContent-Length: %d\r\n\r\n%s"
            .formatted(request.uri().getPath(), headers, body.length(), body);
    socket.getOutputStream().write(text.getBytes(StandardCharsets.UTF_8));
    socket.getOutputStream().flush();
    return socket;
  }

  private void awaitHeld(int count) {
    await()
        .until(() -> json(world.get(world.control("/demo/held"))).path("count").asInt() == count);
  }
}
