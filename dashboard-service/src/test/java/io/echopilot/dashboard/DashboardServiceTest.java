package io.echopilot.dashboard;

import static io.echopilot.dashboard.DashboardWorld.PATIENCE;
import static io.echopilot.dashboard.DashboardWorld.is;
import static io.echopilot.dashboard.DashboardWorld.json;
import static io.echopilot.dashboard.Happenings.opened;
import static io.echopilot.dashboard.Happenings.state;
import static io.echopilot.dashboard.Happenings.success;
import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;

import io.echopilot.events.FailoverPhase;
import io.echopilot.events.RecordPosition;
import io.echopilot.events.TopicNames;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.http.codec.ServerSentEvent;
import tools.jackson.databind.JsonNode;

/** From the topics to what a browser is sent. */
class DashboardServiceTest {
  private static DashboardWorld world;

  @BeforeAll
  static void start(@TempDir Path folder) throws IOException {
    world = new DashboardWorld(folder);
  }

  @AfterAll
  static void stop() {
    world.close();
  }

  @Test
  void anEventComesWithItsSentenceAndTheRecordItIs() {
    RecordPosition position = world.happens(opened("one-failover-1"));

    JsonNode entry = await("one-failover-1");

    assertThat(entry.path("type").asString()).isEqualTo("io.echopilot.incident.opened.v1");
    assertThat(entry.path("text").asString())
        .isEqualTo("incident opened, level 2: primary is down");
    assertThat(entry.path("origin").asString()).isEqualTo(position.toString());
    assertThat(entry.path("data").path("incident").path("id").asString())
        .isEqualTo("one-failover-1");
  }

  @Test
  void whoeverComesBackMissesNothingAndGetsNothingTwice() {
    String seen = snapshot().id();
    List<String> got = new ArrayList<>();
    for (int round = 0; round < 20; round++) {
      String subject = "cut-failover-" + round;
      world.happens(opened(subject));
      List<ServerSentEvent<String>> more =
          requireNonNull(
              world.stream(seen)
                  .filter(event -> is(event, "entry"))
                  .takeUntil(event -> json(event).path("subject").asString().equals(subject))
                  .collectList()
                  .block(PATIENCE));
      more.forEach(event -> got.add(json(event).path("subject").asString()));
      seen = more.getLast().id();
    }

    got.removeIf(subject -> !subject.startsWith("cut-failover-"));
    assertThat(got)
        .containsExactlyElementsOf(
            IntStream.range(0, 20).mapToObj(round -> "cut-failover-" + round).toList());
  }

  @Test
  void whoeverStaysGetsEachEntryOnce() {
    world.happens(opened("stay-failover-1"));
    List<String> got =
        requireNonNull(
            world.stream("-1")
                .filter(event -> is(event, "entry"))
                .map(event -> json(event).path("subject").asString())
                .filter(subject -> subject.startsWith("stay-failover-"))
                .doOnNext(subject -> {
                  int number = Integer.parseInt(subject.substring("stay-failover-".length()));
                  world.happens(opened("stay-failover-" + (number + 1)));
                })
                .take(4)
                .collectList()
                .block(PATIENCE));

    assertThat(got)
        .containsExactly(
            "stay-failover-1", "stay-failover-2", "stay-failover-3", "stay-failover-4");
  }

  @Test
  void aSnapshotHasTheNewestWordOnAService() {
    world.happens(state("board", FailoverPhase.STEADY));
    world.happens(state("board", FailoverPhase.BLOCKED));
    world.happens(opened("after-board-1"));
    await("after-board-1");

    List<String> phases = new ArrayList<>();
    json(snapshot())
        .path("board")
        .forEach(entry -> {
          if (entry.path("subject").asString().equals("board")) {
            phases.add(entry.path("data").path("phase").asString());
          }
        });
    assertThat(phases).containsExactly("blocked");
  }

  @Test
  void probeResultsComeAsSummaries() {
    world.happens(success("summed", "primary", Duration.ofMillis(10)));
    world.happens(success("summed", "primary", Duration.ofMillis(30)));

    JsonNode site = await("summed").path("data").path("sites").path(0);

    assertThat(site.path("succeeded").asInt()).isBetween(1, 2);
    assertThat(site.path("site").asString()).isEqualTo("primary");
  }

  @Test
  void whatIsNoEventIsLeftOutAndStopsNothing() {
    world.send(
        new ProducerRecord<>(
            TopicNames.INCIDENTS,
            null,
            "garbage",
            "{".getBytes(java.nio.charset.StandardCharsets.UTF_8)));
    world.happens(opened("after-garbage-1"));

    assertThat(await("after-garbage-1").path("text").asString()).contains("opened");
  }

  @Test
  void aBeatSaysThatKafkaAnswers() {
    JsonNode beat =
        json(
            requireNonNull(
                world.stream(null)
                    .filter(event -> is(event, "beat"))
                    .filter(event -> json(event).path("behind").asLong(-1) == 0)
                    .blockFirst(PATIENCE)));

    assertThat(beat.path("kafkaAnswers").asBoolean()).isTrue();
  }

  private static ServerSentEvent<String> snapshot() {
    return requireNonNull(
        world.stream(null).filter(event -> is(event, "snapshot")).blockFirst(PATIENCE));
  }

  /** The entry about a subject, from the snapshot or from what follows it. */
  private static JsonNode await(String subject) {
    return requireNonNull(
        world.stream("-1")
            .filter(event -> is(event, "entry"))
            .map(DashboardWorld::json)
            .filter(entry -> entry.path("subject").asString().equals(subject))
            .blockFirst(PATIENCE));
  }
}
