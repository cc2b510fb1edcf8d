package io.echopilot.starter;

import static io.echopilot.starter.StarterWorld.PATIENCE;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.echopilot.events.HeartbeatEvent;
import io.echopilot.events.HeartbeatEvent.ServiceHeartbeat;
import io.echopilot.events.TopicNames;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.Test;

class HeartbeatsTest {
  static class Ear {
    final List<HeartbeatEvent> heard = new CopyOnWriteArrayList<>();

    @EchoPilotListener(topics = TopicNames.HEARTBEATS)
    void on(HeartbeatEvent event) {
      heard.add(event);
    }
  }

  @Test
  void aServiceSaysAgainAndAgainThatItRuns() {
    StarterWorld.runner("beating")
        .withBean(Ear.class)
        .withPropertyValues(
            "echopilot.instance=beating-1",
            "echopilot.heartbeat.enabled=true",
            "echopilot.heartbeat.interval=200ms")
        .run(context -> {
          Ear ear = context.getBean(Ear.class);

          await().atMost(PATIENCE).until(() -> ear.heard.size() >= 2);
          assertThat(ear.heard.getFirst())
              .isInstanceOfSatisfying(
                  ServiceHeartbeat.class,
                  beat -> {
                    assertThat(beat.instance()).hasToString("beating-1");
                    assertThat(beat.application()).isEqualTo("beating");
                    assertThat(beat.at()).isAfterOrEqualTo(beat.startedAt());
                  });
        });
  }

  @Test
  void aServiceThatOnlyListensSendsNone() {
    StarterWorld.runner("silent")
        .run(context -> assertThat(context).doesNotHaveBean(Heartbeats.class));
  }
}
