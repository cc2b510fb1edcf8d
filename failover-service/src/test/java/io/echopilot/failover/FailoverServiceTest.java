package io.echopilot.failover;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.echopilot.events.EventCodec;
import io.echopilot.events.FailoverEvent.FailoverCompleted;
import io.echopilot.events.FailoverEvent.FailoverStarted;
import io.echopilot.events.FailoverEvent.RouteEstablished;
import io.echopilot.events.TopicNames;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** The service as a whole: a real broker, a real edge, results as a prober would publish them. */
@ExtendWith(SharedWorld.class)
class FailoverServiceTest {
  private final FailoverWorld world;

  FailoverServiceTest(FailoverWorld world) {
    this.world = world;
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
            assertThat(world.get("/api/v1/services/checkout", "viewer").body())
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
}
