package io.echopilot.systemtests;

import static org.assertj.core.api.Assertions.assertThat;

import io.echopilot.events.IncidentEvent;
import io.echopilot.fleet.process.Signal;
import java.sql.SQLException;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;

/** People are told, whatever happens to those who tell them. */
@Timeout(600)
@ExtendWith(WholeFleet.class)
class AlertsIT {
  private final World world;
  private Instant since;

  AlertsIT(World world) {
    this.world = world;
  }

  @BeforeEach
  void settle() {
    world.settle();
    world.log.awaitAllTold();
    since = Instant.now();
  }

  /** The incident of each message, which is its last line: a starved machine may see another. */
  private List<String> told(String channel) {
    return world.shown(channel, since).stream()
        .map(message -> message.path("text").asString())
        .map(text -> text.substring(text.lastIndexOf('\n') + 1))
        .toList();
  }

  @Test
  void aFailoverIsOneMessageOnEachChannelToItsEnd() {
    world.mode("primary", "refuse");
    world.awaitShown("slack", since, "fallback serves");
    world.awaitShown("telegram", since, "fallback serves");

    world.mode("primary", "ok");

    world.awaitShown("slack", since, "resolved");
    world.awaitShown("telegram", since, "resolved");
    assertThat(told("slack")).doesNotHaveDuplicates();
    assertThat(told("telegram")).doesNotHaveDuplicates();
  }

  @Test
  void aServiceKilledBetweenAMessageAndItsRecordSendsNoSecondOne() {
    world.inbox("hold", "slack", "");
    world.mode("primary", "refuse");
    World.await("the message is there", () -> world.shown("slack", since).size() == 1);
    // Not held, so its story goes on: it is recorded.
    world.awaitShown("telegram", since, "fallback serves");

    world.fleet.alert().kill(Signal.KILL);
    world.inbox("release", "slack", "");
    world.fleet.alert().restart();

    world.mode("primary", "ok");
    world.awaitShown("slack", since, "resolved");
    world.awaitShown("telegram", since, "resolved");
    assertThat(told("slack")).doesNotHaveDuplicates();
    assertThat(told("telegram")).doesNotHaveDuplicates();
  }

  @Test
  void channelsInTroubleAreToldOnceAllTheSame() {
    world.inbox("fail", "telegram", "&status=429&retryAfter=20&count=1");
    world.inbox("fail", "slack", "&status=500&count=3");
    world.mode("primary", "refuse");

    world.awaitShown("slack", since, "fallback serves");
    world.awaitShown("telegram", since, "fallback serves");

    assertThat(told("slack")).doesNotHaveDuplicates();
    assertThat(told("telegram")).doesNotHaveDuplicates();
  }

  @Test
  void withPostgresqlStoppedTrafficMovesPeopleAreToldAndTheHistoryIsCompleteAfterwards() {
    world.fleet.postgres().stop(World.PATIENCE);
    world.mode("primary", "refuse");

    world.awaitServing("fallback");
    world.awaitShown("slack", since, "fallback serves");
    world.awaitShown("telegram", since, "fallback serves");
    assertThat(world.alerts("GET", "/api/v1/incidents", "viewer")).contains("does not answer");

    world.fleet.postgres().restart();
    world.fleet.postgres().awaitReady(World.PATIENCE);
    world.mode("primary", "ok");
    world.awaitShown("slack", since, "resolved");

    World.await("the history holds each incident event", () -> history().isCompleteFor(events()));
  }

  @Test
  void theHistoryIsWrittenAnewAfterItsTablesWereDropped() throws SQLException {
    world.mode("primary", "refuse");
    world.awaitShown("telegram", since, "fallback serves");
    world.mode("primary", "ok");
    world.awaitShown("slack", since, "resolved");
    world.awaitShown("telegram", since, "resolved");
    World.await("the history holds each incident event", () -> history().isCompleteFor(events()));
    World.await("each delivery is in it", () -> history().nothingIsUnderWay());
    List<String> before = history().rows();

    history().drop();
    String rebuilt = world.alerts("POST", "/api/v1/history/rebuild", "admin");

    assertThat(rebuilt).contains("\"read\":").contains("\"leftOut\":0");
    assertThat(history().rows()).isNotEmpty().isEqualTo(before);
  }

  private List<IncidentEvent> events() {
    return world.log.events(IncidentEvent.class);
  }

  private History history() {
    return new History(world);
  }

  @Test
  void bothSitesDownIsOneMessageAtLevelThree() {
    world.mode("fallback", "refuse");
    World.await(
        "fallback seen down",
        () ->
            world.api("/api/v1/services/demo").contains("\"site\":\"fallback\",\"vote\":\"down\""));
    world.mode("primary", "refuse");

    world.awaitShown("slack", since, "level 3");
    world.awaitShown("telegram", since, "level 3");

    assertThat(told("slack")).doesNotHaveDuplicates();
    assertThat(told("telegram")).doesNotHaveDuplicates();
  }
}
