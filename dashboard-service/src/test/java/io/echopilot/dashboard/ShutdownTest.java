package io.echopilot.dashboard;

import static io.echopilot.dashboard.DashboardWorld.PATIENCE;
import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.http.codec.ServerSentEvent;
import reactor.core.publisher.Mono;

/** A server that waits for streams which never end would not stop in time. */
class ShutdownTest {
  @Test
  void anOpenStreamDoesNotHoldUpTheShutdown(@TempDir Path folder) throws Exception {
    DashboardWorld world = new DashboardWorld(folder);
    Mono<ServerSentEvent<String>> end = world.stream(null).last();
    var ended = end.toFuture();
    requireNonNull(world.stream(null).blockFirst(PATIENCE));

    long start = System.nanoTime();
    world.close();

    assertThat(Duration.ofNanos(System.nanoTime() - start)).isLessThan(Duration.ofSeconds(10));
    assertThat(ended.handle((_, _) -> "ended").get(10, TimeUnit.SECONDS)).isEqualTo("ended");
  }
}
