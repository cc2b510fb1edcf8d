package io.echopilot.failover.decision;

import static io.echopilot.failover.decision.World.FALLBACK;
import static io.echopilot.failover.decision.World.PRIMARY;
import static io.echopilot.failover.decision.World.location;
import static org.assertj.core.api.Assertions.assertThat;

import io.echopilot.events.FailoverEvent.FailoverStarted;
import io.echopilot.events.FailoverPhase;
import io.echopilot.events.Quorum;
import io.echopilot.events.Vote;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class VotesTest {
  @ParameterizedTest
  @CsvSource({"ANY,1", "MAJORITY,2", "ALL,3"})
  void enoughOfTheListedLocationsMustAgree(Quorum quorum, int needed) {
    World world = World.steady(World.definition(3, World.quorum(quorum)));
    for (int down = 1; down <= 3; down++) {
      World fresh = World.steady(World.definition(3, World.quorum(quorum)));
      for (int i = 1; i <= 3; i++) {
        if (i > down) {
          fresh.silent.add(location(i));
        }
      }
      // Those that went silent must not vote any more before the others see the failure.
      fresh.pass("10s").breaks(PRIMARY);
      // A target needs as many votes as a failure: the fallback is seen by the same locations.
      fresh.pass("10s");
      assertThat(!fresh.all(FailoverStarted.class).isEmpty()).isEqualTo(down >= needed);
    }
    assertThat(new Ballot(world.state.definition(), Facts.NONE, world.now).needed())
        .isEqualTo(needed);
  }

  @Test
  void oneLocationThatSeesAFailureAloneMovesNothing() {
    World world = World.steady(World.definition(3, World.policy()));

    world.onlySees(location(1), PRIMARY).pass("60s");

    assertThat(world.names()).containsExactly("SiteSuspected");
    assertThat(world.view().phase()).isEqualTo(FailoverPhase.SUSPECT);
    assertThat(world.view().whyNotYet())
        .containsExactly(
            "1 of 2 needed locations vote primary down; a vote takes 3 failures in a row within 15m");
  }

  @Test
  void flappingJustUnderThreeFailuresNeverMoves() {
    World world = World.steady();
    for (int i = 0; i < 200; i++) {
      world.breaks(PRIMARY).pass("2s").heals(PRIMARY).pass("1s");
    }

    assertThat(world.all(FailoverStarted.class)).isEmpty();
  }

  @Test
  void anImpairedLocationCountsForNothing() {
    World world = World.steady();
    world.impaired.add(location(1));

    world.breaks(PRIMARY).breaks(FALLBACK).pass("60s");

    assertThat(world.names()).isEmpty();
    assertThat(world.view().sites().getFirst().locations().getFirst().finding())
        .isEqualTo("not counted: the location can't reach its own references");
  }

  @ParameterizedTest
  @ValueSource(ints = {-20, 20})
  void aClockThatIsTwentyMinutesOffMovesNothing(int minutes) {
    World world = World.steady();
    world.clockError.put(location(1), Duration.ofMinutes(minutes));

    world.breaks(PRIMARY).pass("60s");

    assertThat(world.all(FailoverStarted.class)).isEmpty();
    assertThat(world.view().sites().getFirst().vote()).isEqualTo(Vote.UNKNOWN);
    assertThat(world.view().sites().getFirst().locations().getFirst().finding())
        .startsWith("not counted: completed ");
  }

  @Test
  void aBacklogAfterAnOutageIsNoNews() {
    World world = World.steady();
    Instant outage = world.now;
    world.silent.add(location(1));
    world.pass("30s");

    for (int i = 1; i <= 25; i++) {
      world.result(location(1), PRIMARY, outage.plusSeconds(i), false);
    }

    // Only what completed within the last five seconds counts, and of that only what is fresh.
    assertThat(world.names()).isEmpty();
  }

  @Test
  void failuresMustLieWithinTheWindowEdgeIncluded() {
    assertThat(threeFailures(Duration.ofSeconds(450)).isDown(3, Duration.ofMinutes(15))).isTrue();
    assertThat(threeFailures(Duration.ofMillis(450_001)).isDown(3, Duration.ofMinutes(15)))
        .isFalse();
  }

  private static Track threeFailures(Duration apart) {
    Track track = Track.EMPTY;
    for (int i = 0; i < 3; i++) {
      track = track.with(seen(World.START.plus(apart.multipliedBy(i)), false), 3, apart);
    }
    return track;
  }

  @Test
  void aMissingSlotNeitherExtendsNorEndsAStreak() {
    Track track = Track.EMPTY;
    for (int second : new int[] {0, 1, 3}) {
      track = track.with(seen(World.START.plusSeconds(second), false), 3, Duration.ofSeconds(1));
    }

    assertThat(track.failuresInARow()).isEqualTo(3);
  }

  @Test
  void resultsInAnyOrderAndTwiceMakeTheSameTrack() {
    List<Observation> results = new ArrayList<>();
    boolean[] outcomes = {true, false, true, false, false, true, true};
    for (int i = 0; i < outcomes.length; i++) {
      results.add(seen(World.START.plusSeconds(i), outcomes[i]));
    }
    Track ordered = track(results);
    Random random = new Random(7);
    for (int i = 0; i < 200; i++) {
      List<Observation> shuffled = new ArrayList<>(results);
      shuffled.addAll(results.subList(2, 5));
      Collections.shuffle(shuffled, random);
      assertThat(track(shuffled).observations()).isEqualTo(ordered.observations());
    }
  }

  private static Track track(List<Observation> results) {
    Track track = Track.EMPTY;
    for (Observation result : results) {
      track = track.with(result, 3, Duration.ofMinutes(1));
    }
    return track;
  }

  @Test
  void votesGoStaleAfterTwoIntervalsAndTheTimeOut() {
    World world = World.steady();
    world.silent.add(location(1));

    world.pass("2s");
    assertThat(world.view().sites().getFirst().vote()).isEqualTo(Vote.UP);
    world.pass("2s");
    assertThat(world.view().sites().getFirst().vote()).isEqualTo(Vote.UNKNOWN);
  }

  @Test
  void aFallbackThatWasNotSeenLatelyIsNoTarget() {
    World world = World.steady(World.definition(1, World.policy()));
    world.silent.add(location(1));
    world.pass("10s");
    for (int i = 2; i >= 0; i--) {
      world.result(location(1), PRIMARY, world.now.minusMillis(i * 500L + 100), false);
    }

    assertThat(world.all(FailoverStarted.class)).isEmpty();
    assertThat(world.view().phase()).isEqualTo(FailoverPhase.BLOCKED);
  }

  static Observation seen(Instant slot, boolean success) {
    return new Observation(
        new io.echopilot.events.Slot(slot),
        success,
        Duration.ofSeconds(1),
        success ? "success" : "failure",
        new io.echopilot.events.RecordPosition("echopilot.probe-results", 0, 0));
  }
}
