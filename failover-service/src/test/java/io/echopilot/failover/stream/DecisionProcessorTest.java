package io.echopilot.failover.stream;

import static org.assertj.core.api.Assertions.assertThat;

import io.echopilot.events.Epoch;
import io.echopilot.events.Route;
import io.echopilot.events.ServiceId;
import io.echopilot.events.SiteId;
import io.echopilot.events.SloEvent.Level;
import io.echopilot.events.SloEvent.SloBreached;
import io.echopilot.events.SloId;
import io.echopilot.failover.Definitions;
import io.echopilot.failover.decision.Facts;
import io.echopilot.failover.decision.ServiceState;
import io.echopilot.failover.decision.State;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What the test driver cannot show: restarts over the same stores, commits, rules that throw. */
class DecisionProcessorTest {
  private static final Route PRIMARY = new Route(new SiteId("primary"), Epoch.ZERO, null);

  private final ProcessorWorld world = new ProcessorWorld();

  @ParameterizedTest
  @ValueSource(ints = {1, 2, 3, 4, 5, 6, 7, 8})
  void afterARestartInTheMiddleOfAStoryItGoesOnTheSame(int restartAfter) {
    List<Story.Line> lines = story().lines();
    ProcessorWorld straight = new ProcessorWorld();
    straight.play(lines);
    straight.advance(Duration.ofMinutes(1));

    world.play(lines.subList(0, restartAfter));
    world.restart();
    world.play(lines.subList(restartAfter, lines.size()));
    world.advance(Duration.ofMinutes(1));

    assertThat(world.outputs())
        .filteredOn(output -> !output.contains(" checkout/restored@"))
        .isEqualTo(straight.outputs())
        .hasSizeGreaterThan(8);
  }

  @Test
  void whatStoodInAQueueIsCommittedByTheIntervalAndShownLater() {
    world.advance(Duration.ofSeconds(10));
    Story story = new Story().defined("checkout", 1).route("checkout", PRIMARY);
    world.play(story.lines());
    world.forget();

    world.play(story.probes("checkout", "primary", false).lines().subList(2, 3));

    assertThat(world.outputs())
        .singleElement()
        .asString()
        .startsWith("echopilot.failover-events checkout ");
    assertThat(world.committed()).isFalse();
    world.advance(Backlog.COMMIT_INTERVAL);
    assertThat(world.outputs().getLast()).startsWith("echopilot.failover-state checkout ");
  }

  @Test
  void afterARestartEachServiceIsShownOnce() {
    world.play(story().lines());
    String last = world.outputs().getLast();
    world.restart();
    world.forget();

    world.advance(Duration.ZERO);
    world.advance(Duration.ZERO);

    assertThat(world.outputs())
        .singleElement()
        .asString()
        .startsWith("echopilot.failover-state checkout ")
        .endsWith(last.substring(last.indexOf('{')));
  }

  @Test
  void aRestartAfterARemovalKeepsTheNumbering() {
    Story story = story();
    world.play(story.removed("checkout", 2).lines());
    world.restart();
    world.forget();

    Story later = new Story().pause(Duration.between(Story.START, story.now()));
    world.play(later.defined("checkout", 1).lines());
    assertThat(world.outputs()).isEmpty();

    world.play(later.defined("checkout", 3).lines().subList(1, 2));
    assertThat(world.outputs())
        .singleElement()
        .asString()
        .contains("\"revision\":3", "\"sequence\":3", "\"phase\":\"unknown\"");
  }

  @Test
  void itCommitsAtOnceWhenItDecidedAndOnlyThen() {
    List<Story.Line> lines = story().lines();
    world.play(lines.subList(0, 1));
    assertThat(world.committed()).isFalse();

    world.play(lines.subList(1, 2));
    assertThat(world.committed()).isTrue();

    world.forget();
    world.play(lines.subList(2, 4));
    assertThat(world.committed()).isFalse();
  }

  @Test
  void aRecordThatTheRulesFailOnGoesToTheDeadLettersAndTheNextIsProcessed() {
    store(new State.Steady());
    world.restart();

    world.play(
        new Story()
            .probes("checkout", "primary", true)
            .defined("catalog", 1)
            .route("catalog", PRIMARY)
            .lines());

    assertThat(world.outputs().getFirst())
        .startsWith("echopilot.probe-results.dlt checkout ")
        .contains("\"location\":\"here\"");
    assertThat(world.outputs()).anyMatch(output -> output.startsWith("echopilot.failover-events"));
    assertThat(world.store().get("checkout/track/primary/here/health")).isNull();
  }

  @Test
  void aDeadlineThatTheRulesFailOnIsDroppedAndTheOthersFire() {
    store(new State.Observing(Story.START.plusSeconds(5)));
    world.restart();
    world.play(story().lines());
    world.forget();

    world.advance(Duration.ofMinutes(1));

    assertThat(world.outputs()).isNotEmpty().noneMatch(output -> output.contains(" broken "));
  }

  /** A service in a state that no story leads to: it rests, but nobody knows where. */
  private void store(State state) {
    String id = state instanceof State.Steady ? "checkout" : "broken";
    ServiceState service =
        new ServiceState(
            Definitions.of(id),
            1,
            "hash",
            Facts.NONE,
            state,
            Story.START,
            List.of(),
            null,
            Story.START,
            null,
            Epoch.ZERO,
            List.of(),
            1,
            Story.START);
    world
        .store()
        .put(id, StateCodec.write(new StoredService(StoredService.VERSION, false, service, null)));
  }

  private static Story story() {
    Story story = new Story().defined("checkout", 1).route("checkout", PRIMARY);
    story.probes("checkout", "fallback", true, true);
    story.tell(
        new SloBreached(
            new ServiceId("checkout"),
            new SiteId("primary"),
            new SloId("latency"),
            Level.PAGE,
            20,
            Duration.ofHours(1),
            null,
            null,
            null,
            story.now()));
    story.probes("checkout", "primary", true, false, false);
    return story.probes("checkout", "primary", false);
  }
}
