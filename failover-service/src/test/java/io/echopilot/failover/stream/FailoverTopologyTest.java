package io.echopilot.failover.stream;

import static java.nio.charset.StandardCharsets.UTF_8;
import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;

import io.echopilot.events.Epoch;
import io.echopilot.events.EventEnvelope;
import io.echopilot.events.EventTypes;
import io.echopilot.events.FailoverEvent;
import io.echopilot.events.FailoverEvent.FailoverStarted;
import io.echopilot.events.FailoverEvent.TrafficSwitchRequested;
import io.echopilot.events.FailoverPhase;
import io.echopilot.events.FailoverStateEvent.FailoverState;
import io.echopilot.events.ProbeEvent.ProbeCompleted;
import io.echopilot.events.Route;
import io.echopilot.events.ServiceEvent.ServiceDefined;
import io.echopilot.events.ServiceId;
import io.echopilot.events.SiteId;
import io.echopilot.events.TopicNames;
import io.echopilot.failover.Definitions;
import io.echopilot.failover.stream.TopologyWorld.Output;
import io.echopilot.starter.DeadLetters;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** From records to records, in virtual time. */
class FailoverTopologyTest {
  private static final String TRACE = "00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01";
  private static final Route PRIMARY = new Route(new SiteId("primary"), Epoch.ZERO, null);

  private final TopologyWorld world = new TopologyWorld(1);

  @AfterEach
  void close() {
    world.close();
  }

  @Test
  void aFailingPrimaryBecomesAFailover() {
    failOver();

    assertThat(world.eventNames())
        .containsExactly(
            "RouteEstablished",
            "SiteSuspected",
            "FailoverStarted",
            "TrafficSwitchRequested",
            "TrafficSwitched",
            "FailoverCompleted");
    assertThat(newestView().phase()).isEqualTo(FailoverPhase.FAILED_OVER);
    assertThat(world.on("echopilot.probe-results.dlt")).isEmpty();
  }

  @Test
  void theSameRecordsGiveTheSameBytesAgain() {
    failOver();
    try (TopologyWorld again = new TopologyWorld(1)) {
      Story story = untilFailover();
      again.play(story);
      again.play(
          new Story().pause(between(story)).applied(again.last(TrafficSwitchRequested.class)));

      assertThat(again.outputs()).isEqualTo(world.outputs());
    }
  }

  @Test
  void everyEventAndEveryViewHasAnIdOfItsOwn() {
    failOver();

    assertThat(world.outputs().stream().map(output -> output.headers().get("ce_id")))
        .doesNotContainNull()
        .doesNotHaveDuplicates();
  }

  @Test
  void viewsOfOneInstantHaveIdsOfTheirOwn() {
    Story story = untilRoute();
    ProbeCompleted first = story.probe("checkout", "primary", true);
    story.tell(first).pause(Duration.ofSeconds(-1));
    story.probes("checkout", "fallback", true);

    world.play(story);

    List<Output> views = world.on(TopicNames.FAILOVER_STATE);
    assertThat(views).hasSize(4);
    assertThat(views.getLast().time()).isEqualTo(views.get(2).time());
    assertThat(views).extracting(view -> view.headers().get("ce_id")).doesNotHaveDuplicates();
  }

  @Test
  void anEventsIdIsMadeFromServiceTransitionAndType() {
    failOver();

    Output started = world.on(TopicNames.FAILOVER_EVENTS).get(2);
    assertThat(started.headers())
        .containsEntry("ce_id", "checkout/3/" + EventTypes.nameOf(FailoverStarted.class))
        .containsEntry("ce_subject", "checkout")
        .containsEntry("ce_source", "/echopilot/failover-service");
  }

  @Test
  void aViewIsPublishedOnlyWhenItChanged() {
    Story story = untilRoute().probes("checkout", "primary", true, true);
    world.play(story);
    int views = world.on(TopicNames.FAILOVER_STATE).size();

    world.play(new Story().pause(between(story)).probes("checkout", "primary", true, true, true));

    assertThat(world.on(TopicNames.FAILOVER_STATE)).hasSize(views);
  }

  @Test
  void deadlinesFireByTheWallClock() {
    Story story = untilFailover();
    world.play(story);
    world.advance(between(story).plusSeconds(3));
    assertThat(world.eventNames()).endsWith("TrafficSwitchRequested");

    world.advance(Duration.ofSeconds(2));

    assertThat(world.eventNames()).endsWith("TrafficSwitchRequested", "TrafficSwitchFailed");
    FailoverEvent failed = (FailoverEvent) world.events().getLast();
    assertThat(failed.rationale().cause()).isNull();
  }

  @Test
  void theTraceOfTheCauseIsCarriedOn() {
    Story story = untilRoute().probes("checkout", "fallback", true, true);
    story.probes("checkout", "primary", false, false);
    story.tell(story.probe("checkout", "primary", false), TRACE);

    world.play(story);

    assertThat(envelopes()).last().extracting(EventEnvelope::traceparent).isEqualTo(TRACE);
    assertThat(world.on(TopicNames.FAILOVER_STATE).getLast().headers())
        .containsEntry("traceparent", TRACE);
  }

  @Test
  void aDeadlineCarriesTheTraceOfItsTransitionOn() {
    Story story = untilRoute().probes("checkout", "fallback", true, true);
    story.probes("checkout", "primary", false, false);
    story.tell(story.probe("checkout", "primary", false), TRACE);
    world.play(story);

    world.advance(between(story).plusSeconds(5));

    assertThat(world.eventNames()).endsWith("TrafficSwitchFailed");
    assertThat(envelopes()).last().extracting(EventEnvelope::traceparent).isEqualTo(TRACE);
  }

  @Test
  void theFirstViewCarriesTheTraceOfTheDefinition() {
    Story story = new Story();
    story.tell(
        new ServiceDefined(new ServiceId("checkout"), 1, "hash", Definitions.of("checkout")),
        TRACE);

    world.play(story);

    assertThat(world.on(TopicNames.FAILOVER_STATE).getLast().headers())
        .containsEntry("traceparent", TRACE);
  }

  @Test
  void garbageGoesToTheDeadLettersWithReasonAndPlace() {
    Story story = untilRoute();
    String type = EventTypes.nameOf(ProbeCompleted.class);
    story.tell(TopicNames.PROBE_RESULTS, "checkout", type, "{");
    story.probes("checkout", "primary", true);

    world.play(story);

    Output letter = deadLetter(TopicNames.PROBE_RESULTS);
    assertThat(letter.key()).isEqualTo("checkout");
    assertThat(letter.value()).isEqualTo("{");
    assertThat(letter.headers())
        .containsEntry("ce_type", type)
        .containsEntry(DeadLetters.TOPIC, TopicNames.PROBE_RESULTS)
        .containsEntry(DeadLetters.PARTITION, "0")
        .containsEntry(DeadLetters.OFFSET, "0")
        .containsEntry(DeadLetters.CONSUMER, "failover-service");
    assertThat(letter.headers().get(DeadLetters.REASON)).startsWith("value: ");
    assertThat(newestView().sites().getFirst().locations().getFirst().successes()).isOne();
    assertThat(
            world
                .meters
                .counter("echopilot.events.dead.lettered", "topic", TopicNames.PROBE_RESULTS)
                .count())
        .isOne();
  }

  @Test
  void aRecordUnderAnotherKeyIsADeadLetter() {
    Story other = new Story().probes("checkout", "primary", false);
    Story.Line line = other.lines().getFirst();
    world.play(
        new Story.Line(line.topic(), "catalog", line.value(), line.headers(), line.appended()));

    assertThat(deadLetter(TopicNames.PROBE_RESULTS).headers().get(DeadLetters.REASON))
        .isEqualTo("the record's key is catalog, but the event is about checkout");
  }

  @Test
  void aRecordWithoutAKeyIsADeadLetter() {
    Story.Line line = new Story().probes("checkout", "primary", false).lines().getFirst();
    world.play(new Story.Line(line.topic(), null, line.value(), line.headers(), line.appended()));

    assertThat(deadLetter(TopicNames.PROBE_RESULTS).key()).isNull();
  }

  @Test
  void aRecordInAnotherPartitionThanItsKeysIsADeadLetter() {
    try (TopologyWorld twelve = new TopologyWorld(12)) {
      twelve.play(new Story().defined("checkout", 1));

      assertThat(twelve.on("echopilot.services.dlt"))
          .singleElement()
          .extracting(letter -> requireNonNull(letter.headers().get(DeadLetters.REASON)))
          .asString()
          .matches("key checkout belongs in partition \\d+ \\(murmur2\\), but stands in 0");
      assertThat(twelve.on(TopicNames.FAILOVER_STATE)).isEmpty();
    }
  }

  @Test
  void anEventOfAnotherTopicIsADeadLetter() {
    Story.Line line = new Story().probes("checkout", "primary", false).lines().getFirst();
    world.play(
        new Story.Line(
            TopicNames.TRAFFIC_RESULTS, "checkout", line.value(), line.headers(), line.appended()));

    assertThat(deadLetter(TopicNames.TRAFFIC_RESULTS).headers().get(DeadLetters.REASON))
        .endsWith("does not belong on echopilot.traffic-results");
  }

  @Test
  void anUnknownTypeIsSkippedAndCounted() {
    world.play(
        untilRoute()
            .tell(TopicNames.PROBE_RESULTS, "checkout", "io.echopilot.probe.completed.v9", "{}"));

    assertThat(world.on("echopilot.probe-results.dlt")).isEmpty();
    assertThat(
            world
                .meters
                .counter("echopilot.events.skipped", "topic", TopicNames.PROBE_RESULTS)
                .count())
        .isOne();
  }

  @Test
  void aTombstoneOnServicesIsIgnored() {
    Story story = untilRoute().tell(TopicNames.SERVICES, "checkout", "none", null);
    world.play(story);

    assertThat(newestView().phase()).isEqualTo(FailoverPhase.STEADY);
    assertThat(world.on("echopilot.services.dlt")).isEmpty();
  }

  @Test
  void resultsOfAServiceThatNobodyDefinedAreIgnored() {
    world.play(new Story().probes("checkout", "primary", false).route("checkout", PRIMARY));

    assertThat(world.outputs()).isEmpty();
  }

  @Test
  void aRemovedServiceLeavesTheCompactedTopicAndDecidesNothingMore() {
    Story story = untilRoute().removed("checkout", 2);
    story.probes("checkout", "fallback", true, true);
    story.probes("checkout", "primary", false, false, false);

    world.play(story);
    world.advance(Duration.ofHours(1));

    assertThat(world.eventNames()).containsExactly("RouteEstablished");
    Output last = world.on(TopicNames.FAILOVER_STATE).getLast();
    assertThat(last.key()).isEqualTo("checkout");
    assertThat(last.value()).isNull();
  }

  @Test
  void aServiceThatIsDefinedAgainKeepsItsEpochsAndItsNumbering() {
    Story story = failOver();
    Story later = new Story().pause(between(story)).removed("checkout", 2);
    later
        .defined("checkout", 3)
        .route("checkout", new Route(new SiteId("primary"), new Epoch(0, 1), null));
    later.probes("checkout", "fallback", true, true);
    later.probes("checkout", "primary", false, false, false);

    world.play(later);

    FailoverStarted again = world.last(FailoverStarted.class);
    assertThat(again.epoch()).isEqualTo(new Epoch(0, 2));
    assertThat(again.rationale().sequence()).isGreaterThan(6);
  }

  @Test
  void aStaleDefinitionDoesNotReviveARemovedService() {
    world.play(untilRoute().removed("checkout", 2).defined("checkout", 1));

    assertThat(world.on(TopicNames.FAILOVER_STATE).getLast().value()).isNull();
  }

  @Test
  void aStaleRemovalIsIgnored() {
    world.play(new Story().defined("checkout", 3).removed("checkout", 2));

    assertThat(newestView().revision()).isEqualTo(3);
  }

  @Test
  void aDefinitionOfALowerRevisionIsIgnored() {
    world.play(new Story().defined("checkout", 3).defined("checkout", 2));

    assertThat(world.on(TopicNames.FAILOVER_STATE)).hasSize(1);
    assertThat(newestView().revision()).isEqualTo(3);
  }

  @Test
  void onlyTheTrackThatChangedIsWritten() {
    world.play(
        untilRoute().probes("checkout", "primary", true).probes("checkout", "fallback", true));
    byte[] fallback = world.store().get("checkout/track/fallback/here/health");

    Story story = new Story().pause(Duration.ofSeconds(20)).probes("checkout", "primary", true);
    world.play(story);

    assertThat(world.store().get("checkout/track/fallback/here/health")).isSameAs(fallback);
    assertThat(new String(requireNonNull(world.store().get("checkout")), UTF_8))
        .doesNotContain("observations");
  }

  @Test
  void whatWasDecidedIsCounted() {
    failOver();

    assertThat(
            world
                .meters
                .counter(
                    "echopilot.failover.events", "type", EventTypes.nameOf(FailoverStarted.class))
                .count())
        .isOne();
  }

  private Story failOver() {
    Story story = untilFailover();
    world.play(story);
    Story answer = new Story().pause(between(story));
    world.play(answer.applied(world.last(TrafficSwitchRequested.class)));
    return answer;
  }

  private static Story untilRoute() {
    return new Story().defined("checkout", 1).route("checkout", PRIMARY);
  }

  private static Story untilFailover() {
    Story story = untilRoute().probes("checkout", "fallback", true, true);
    return story.probes("checkout", "primary", false, false, false);
  }

  private static Duration between(Story story) {
    return Duration.between(Story.START, story.now());
  }

  private FailoverState newestView() {
    return (FailoverState) world.on(TopicNames.FAILOVER_STATE).getLast().envelope().data();
  }

  private List<EventEnvelope<?>> envelopes() {
    return world.on(TopicNames.FAILOVER_EVENTS).stream()
        .<EventEnvelope<?>>map(Output::envelope)
        .toList();
  }

  private Output deadLetter(String topic) {
    List<Output> letters = world.on(DeadLetters.topicFor(topic));
    assertThat(letters).hasSize(1);
    return letters.getFirst();
  }
}
