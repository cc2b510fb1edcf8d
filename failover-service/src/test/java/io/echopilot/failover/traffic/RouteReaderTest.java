package io.echopilot.failover.traffic;

import static org.assertj.core.api.Assertions.assertThat;

import io.echopilot.events.DecisionId;
import io.echopilot.events.Epoch;
import io.echopilot.events.Event;
import io.echopilot.events.RecordPosition;
import io.echopilot.events.Route;
import io.echopilot.events.ServiceEvent.ServiceDefined;
import io.echopilot.events.ServiceId;
import io.echopilot.events.SiteId;
import io.echopilot.events.TopicNames;
import io.echopilot.events.TrafficResult.RouteObserved;
import io.echopilot.events.TrafficResult.RouteUnreadable;
import io.echopilot.failover.Definitions;
import io.echopilot.failover.PublishedEvents;
import io.echopilot.failover.traffic.TrafficAdapter.ReadBack;
import io.echopilot.starter.ManualClock;
import io.echopilot.starter.ServiceShare;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;
import org.springframework.scheduling.concurrent.SimpleAsyncTaskScheduler;

class RouteReaderTest {
  private static final Instant START = Instant.parse("2026-11-24T10:00:00Z");
  private static final Duration INTERVAL = Duration.ofSeconds(10);
  private static final ServiceId SERVICE = new ServiceId("checkout");
  private static final Route PRIMARY = new Route(new SiteId("primary"), Epoch.ZERO, null);
  private static final Route FALLBACK =
      new Route(new SiteId("fallback"), new Epoch(0, 1), new DecisionId("d1"));

  private final ManualClock clock = new ManualClock(START);
  private final ScriptedAdapter adapter = new ScriptedAdapter();
  private final ServiceShare share = new ServiceShare(ServiceShare.Duty.NONE);
  private PublishedEvents published = PublishedEvents.acknowledged();
  private RouteReader reader = reader();

  @Test
  void aRouteIsReadAtOnceAndThenAtEachInterval() {
    own("checkout", 3);
    adapter.reads(new ReadBack.Read(PRIMARY));

    run(Duration.ofSeconds(35));

    assertThat(adapter.reads).hasSize(4);
  }

  @Test
  void manyServicesThatBeginTogetherAreSpreadAndEachIsReadOncePerInterval() {
    for (int i = 0; i < 1_000; i++) {
      own("s" + i, 3);
    }
    adapter.reads(new ReadBack.Read(PRIMARY));

    run(RouteReader.TICK);
    assertThat(adapter.reads).hasSize(50);
    run(INTERVAL.minus(RouteReader.TICK));
    assertThat(adapter.reads).hasSize(1_000).doesNotHaveDuplicates();
    run(INTERVAL);
    assertThat(adapter.reads).hasSize(2_000);
  }

  @Test
  void aRouteThatStaysIsWrittenTwiceAndThenAtASlowBeat() {
    own("checkout", 3);
    adapter.reads(new ReadBack.Read(PRIMARY));

    run(Duration.ofSeconds(150));

    assertThat(written()).containsExactly("primary@0", "primary@10", "primary@70", "primary@130");
  }

  @Test
  void aRouteThatChangesIsWrittenAndOnceMore() {
    own("checkout", 3);
    adapter.reads(new ReadBack.Read(PRIMARY));
    run(Duration.ofSeconds(25));
    adapter.reads(new ReadBack.Read(FALLBACK));
    run(Duration.ofSeconds(35));

    assertThat(written()).containsExactly("primary@0", "primary@10", "fallback@30", "fallback@40");
  }

  @Test
  void whatWasSeenIsDatedWhenItWasAskedFor() {
    own("checkout", 3);
    run(Duration.ofMillis(250));
    clock.advance(Duration.ofSeconds(2));
    adapter.readBack.complete(new ReadBack.Read(PRIMARY));

    assertThat(events()).containsExactly(new RouteObserved(SERVICE, PRIMARY, START));
  }

  @Test
  void aRouteThatCannotBeReadIsAskedForAgainSoonAndWrittenWhenItIsRead() {
    own("checkout", 3);
    adapter.reads(new ReadBack.Unreadable("no answer"));
    run(Duration.ofSeconds(3));
    assertThat(adapter.reads).hasSize(3);
    adapter.reads(new ReadBack.Read(PRIMARY));
    run(Duration.ofSeconds(1));

    assertThat(written()).containsExactly("no answer@0", "no answer@1", "primary@3");
  }

  @Test
  void anUnreadableRouteIsNoNewsAfterItsSecondTime() {
    own("checkout", 3);
    adapter.reads(new ReadBack.Unreadable("no answer"));

    run(Duration.ofSeconds(62));

    assertThat(written()).containsExactly("no answer@0", "no answer@1", "no answer@61");
  }

  @Test
  void anAdapterThatThrowsInsteadIsAskedAgainToo() {
    own("checkout", 3);
    adapter.bug = new IllegalStateException("a bug");
    run(Duration.ofSeconds(1));
    adapter.bug = null;
    adapter.reads(new ReadBack.Read(PRIMARY));
    run(Duration.ofSeconds(1));

    assertThat(written()).containsExactly("java.lang.IllegalStateException: a bug@0", "primary@1");
  }

  @Test
  void anIntervalShorterThanASecondIsKeptForUnreadableRoutesToo() {
    reader = reader(Duration.ofMillis(500));
    own("checkout", 3);
    adapter.reads(new ReadBack.Unreadable("no answer"));

    run(Duration.ofSeconds(2));

    assertThat(adapter.reads).hasSize(4);
  }

  @Test
  void aMissingEndpointIsUnreadableAndSaysWhatToConfigure() {
    share.assigned(Set.of(3));
    share.updated(
        new ServiceDefined(SERVICE, 1, "hash", Definitions.of("checkout", "elsewhere")),
        at(3),
        Instant.EPOCH);

    run(Duration.ofMillis(250));

    assertThat(events())
        .containsExactly(
            new RouteUnreadable(
                SERVICE,
                "no endpoint elsewhere here: configure echopilot.failover.endpoints.elsewhere",
                START));
  }

  @Test
  void aServiceThatMovedToAnotherReplicaIsReadNoMore() {
    own("checkout", 3);
    own("catalog", 4);
    adapter.reads(new ReadBack.Read(PRIMARY));
    run(Duration.ofSeconds(1));
    share.revoked(Set.of(3));
    adapter.reads.clear();

    run(Duration.ofSeconds(20));

    assertThat(adapter.reads).containsOnly(new ServiceId("catalog")).isNotEmpty();
  }

  @Test
  void anAnswerThatComesAfterTheServiceMovedIsNotWritten() {
    own("checkout", 3);
    run(Duration.ofMillis(250));
    share.revoked(Set.of(3));
    run(Duration.ofMillis(250));

    adapter.readBack.complete(new ReadBack.Read(PRIMARY));

    assertThat(events()).isEmpty();
  }

  @Test
  void aServiceThatComesBackIsReadAndWrittenAtOnce() {
    own("checkout", 3);
    adapter.reads(new ReadBack.Read(PRIMARY));
    run(Duration.ofSeconds(15));
    share.revoked(Set.of(3));
    run(Duration.ofSeconds(1));
    own("checkout", 3);

    run(Duration.ofSeconds(1));

    assertThat(written()).containsExactly("primary@0", "primary@10", "primary@16");
  }

  @Test
  void aReadingThatKafkaDidNotTakeIsWrittenAtTheNext() {
    published = PublishedEvents.unacknowledged();
    reader = reader();
    own("checkout", 3);
    adapter.reads(new ReadBack.Read(PRIMARY));
    for (int i = 0; i < 3; i++) {
      run(INTERVAL);
      published.failNext();
    }
    run(INTERVAL);
    published.acknowledgeNext();
    run(INTERVAL);
    published.acknowledgeNext();
    run(INTERVAL);

    assertThat(written())
        .containsExactly("primary@0", "primary@10", "primary@20", "primary@30", "primary@40");
  }

  @Test
  void aSlowAnswerIsNotOvertakenByTheNextQuestion() {
    own("checkout", 3);
    run(Duration.ofSeconds(25));

    assertThat(adapter.reads).hasSize(1);
  }

  @Test
  void anAdapterThatBreaksItsPromiseIsAskedAgain() {
    own("checkout", 3);
    adapter.readBack = CompletableFuture.failedFuture(new IllegalStateException("a bug"));
    run(Duration.ofSeconds(1));
    adapter.reads(new ReadBack.Read(PRIMARY));
    run(Duration.ofSeconds(1));

    assertThat(written()).containsExactly("java.lang.IllegalStateException: a bug@0", "primary@1");
  }

  private RouteReader reader() {
    return reader(INTERVAL);
  }

  private RouteReader reader(Duration interval) {
    return new RouteReader(
        share,
        new TrafficAdapters(Map.of("edge", adapter)),
        published.publisher(clock),
        new SimpleAsyncTaskScheduler(),
        clock,
        interval);
  }

  /** Ticks as the scheduler would, from now on for this long. */
  private void run(Duration time) {
    Instant end = clock.instant().plus(time);
    while (clock.instant().isBefore(end)) {
      reader.tick();
      clock.advance(RouteReader.TICK);
    }
  }

  private void own(String service, int partition) {
    share.assigned(Set.of(partition));
    share.updated(
        new ServiceDefined(new ServiceId(service), 1, "hash", Definitions.of(service)),
        at(partition),
        Instant.EPOCH);
  }

  private static RecordPosition at(int partition) {
    return new RecordPosition(TopicNames.SERVICES, partition, 0);
  }

  private List<Event> events() {
    return published.events();
  }

  /** What was written, and at which second of the story it had been asked for. */
  private List<String> written() {
    return published.events().stream()
        .map(event ->
            switch (event) {
              case RouteObserved(var _, Route route, Instant at) -> route.site() + second(at);
              case RouteUnreadable(var _, String reason, Instant at) -> reason + second(at);
              default -> event.toString();
            })
        .toList();
  }

  private static String second(Instant at) {
    return "@" + Duration.between(START, at).toSeconds();
  }
}
