package io.echopilot.failover.decision;

import static io.echopilot.failover.decision.World.FALLBACK;
import static io.echopilot.failover.decision.World.PRIMARY;
import static io.echopilot.failover.decision.World.SERVICE;
import static io.echopilot.failover.decision.World.THIRD;
import static org.assertj.core.api.Assertions.assertThat;

import io.echopilot.events.DecisionId;
import io.echopilot.events.Epoch;
import io.echopilot.events.FailoverEvent;
import io.echopilot.events.FailoverEvent.FailbackStarted;
import io.echopilot.events.FailoverEvent.FailoverStarted;
import io.echopilot.events.FailoverEvent.TrafficSwitchRequested;
import io.echopilot.events.LocationId;
import io.echopilot.events.ProbeEvent.ProbeCompleted;
import io.echopilot.events.Quorum;
import io.echopilot.events.Route;
import io.echopilot.events.ServiceDefinition;
import io.echopilot.events.ServiceDefinition.FailoverPolicy;
import io.echopilot.events.SiteId;
import io.echopilot.failover.decision.State.Held;
import io.echopilot.failover.decision.State.Steady;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Random worlds, one per seed, together over 100,000 steps of several inputs each: locations that
 * lie, lag, repeat and fall silent, edges that fail, hang and forget, strangers that write. After
 * every step the invariants of the design must hold, judged from what was delivered and not by the
 * decision's own counting. {@code -Dsimulation.seed=N} runs one again and prints its story.
 */
class SimulationTest {
  private static final int SEEDS = 340;
  private static final int STEPS = 300;

  static LongStream seeds() {
    Long one = Long.getLong("simulation.seed");
    return one == null ? LongStream.range(0, SEEDS) : LongStream.of(one);
  }

  @ParameterizedTest(name = "seed {0}")
  @Execution(ExecutionMode.CONCURRENT)
  @MethodSource("seeds")
  void theInvariantsHold(long seed) {
    Run run = new Run(seed);
    try {
      run.steps();
    } catch (RuntimeException | AssertionError e) {
      throw new AssertionError(
          "seed %d, rerun with -Dsimulation.seed=%d%n%s".formatted(seed, seed, run.story()), e);
    }
  }

  @Test
  void theSameInputsGiveTheSameEventsAndStates() {
    for (long seed = 0; seed < SEEDS; seed += 50) {
      Run once = new Run(seed);
      Run again = new Run(seed);
      assertThat(once.steps()).isEqualTo(again.steps());
      assertThat(once.world.state).isEqualTo(again.world.state);
    }
  }

  /** What was delivered and counts, by site, location and slot. */
  private record Seen(Instant slot, boolean success) {}

  private static final class Run {
    private final Random random;
    private final World world;
    private final List<String> story = new ArrayList<>();
    private final Map<String, List<Seen>> delivered = new HashMap<>();
    private final List<ProbeCompleted> delayed = new ArrayList<>();
    private final Map<Epoch, DecisionId> decisions = new HashMap<>();
    private int checked;
    private Epoch highest = Epoch.ZERO;
    private Instant latest = Instant.EPOCH;

    Run(long seed) {
      random = new Random(seed);
      int locations = 1 + random.nextInt(5);
      List<SiteId> sites =
          random.nextBoolean() ? List.of(PRIMARY, FALLBACK) : List.of(PRIMARY, FALLBACK, THIRD);
      world = new World(World.definition(locations, policy(random), sites, "$.site"));
      world.silent.addAll(
          world.locations); // Results are delivered here, not by the world's own probes.
      world.readBack();
    }

    private static FailoverPolicy policy(Random random) {
      FailoverPolicy p = World.policy();
      return new FailoverPolicy(
          1 + random.nextInt(3),
          p.window(),
          any(random, List.of(Quorum.values())),
          1 + random.nextInt(3),
          Duration.ofSeconds(10),
          Duration.ofSeconds(60),
          p.failback(),
          Duration.ofSeconds(10),
          p.drift(),
          p.switchTimeout());
    }

    List<FailoverEvent> steps() {
      for (int i = 0; i < STEPS; i++) {
        step();
        check();
      }
      healEverything();
      return world.events;
    }

    private void step() {
      switch (random.nextInt(40)) {
        case 0 -> toggle(world.down, site());
        case 1 -> toggle(world.impaired, location());
        case 2 -> world.edge = any(random, List.of(World.Edge.values()));
        case 3 -> world.entrypointFollows = random.nextInt(4) > 0;
        case 4 -> world.readBack();
        case 5 -> lie();
        case 6 -> deliverDelayed();
        case 7 -> world.pass(random.nextInt(8) + "s");
        case 8 -> redefine();
        default -> second();
      }
      if (random.nextInt(300) == 0) {
        forget();
      }
    }

    /** A second in which every location probes, unless its results get lost, late or doubled. */
    private void second() {
      world.pass("1s");
      for (LocationId location : world.locations) {
        for (var site : world.state.definition().sites()) {
          ProbeCompleted result = result(location, site.id());
          switch (random.nextInt(12)) {
            case 0 -> {}
            case 1 -> delayed.add(result);
            case 2 -> {
              deliver(result);
              deliver(result);
            }
            default -> deliver(result);
          }
        }
        if (world.entrypointFollows) {
          world.sighting(location, world.route.site());
        }
      }
    }

    private ProbeCompleted result(LocationId location, SiteId site) {
      boolean noise = random.nextInt(25) == 0;
      boolean success = !world.down.contains(site) ^ noise;
      boolean impaired = world.impaired.contains(location);
      return new ProbeCompleted(
          SERVICE, site, World.HEALTH, null, World.run(location, world.now, success, impaired));
    }

    /** A location whose clock is wrong says that everything is down. */
    private void lie() {
      Duration off = Duration.ofMinutes(random.nextBoolean() ? 20 : -20);
      for (var site : world.state.definition().sites()) {
        deliver(
            new ProbeCompleted(
                SERVICE,
                site.id(),
                World.HEALTH,
                null,
                World.run(location(), world.now.plus(off), false, false)));
      }
    }

    private void deliverDelayed() {
      delayed.forEach(this::deliver);
      delayed.clear();
    }

    private void deliver(ProbeCompleted result) {
      Instant appended = world.now.plusMillis(20);
      Instant completed = result.run().completedAt();
      boolean counts =
          !result.run().locationImpaired()
              && !completed.isAfter(appended.plusSeconds(1))
              && !completed.plusSeconds(5).isBefore(appended)
              && !appended.isAfter(result.run().slot().start().plusSeconds(3));
      List<Seen> seen =
          delivered.computeIfAbsent(
              result.site() + "@" + result.run().location(), _ -> new ArrayList<>());
      Instant slot = result.run().slot().start();
      if (counts && seen.stream().noneMatch(known -> known.slot().equals(slot))) {
        seen.add(new Seen(slot, result.run().error() == null));
        seen.sort(Comparator.comparing(Seen::slot));
      }
      world.arrive(result);
      check();
    }

    private void redefine() {
      ServiceDefinition old = world.state.definition();
      world.define(old, world.state.revision() + random.nextInt(2));
    }

    /** The edge loses its memory. */
    private void forget() {
      world.route = new Route(null, Epoch.ZERO, null);
    }

    private void check() {
      assertThat(world.state.now()).as("now never runs backwards").isAfterOrEqualTo(latest);
      latest = world.state.now();
      for (FailoverEvent event : world.events.subList(checked, world.events.size())) {
        story.add(world.now + " " + event);
        switch (event) {
          case FailoverStarted started -> {
            assertThat(down(started.from(), event.rationale().now()))
                .as("a failover needs a quorum of failures")
                .isTrue();
            assertThat(healthy(started.to(), event.rationale().now()))
                .as("a target needs fresh successes")
                .isTrue();
          }
          case FailbackStarted started ->
              assertThat(healthy(started.to(), event.rationale().now()))
                  .as("a failback needs fresh successes")
                  .isTrue();
          case TrafficSwitchRequested request -> requested(request);
          default -> {}
        }
      }
      checked = world.events.size();
    }

    private void requested(TrafficSwitchRequested request) {
      DecisionId first = decisions.putIfAbsent(request.epoch(), request.decisionId());
      if (first == null) {
        assertThat(request.epoch()).as("epochs grow by one").isEqualTo(highest.next());
        highest = request.epoch();
      } else {
        assertThat(request.decisionId()).as("one decision per epoch").isEqualTo(first);
        assertThat(request.attempt()).isGreaterThan(1);
      }
    }

    private boolean down(SiteId site, Instant at) {
      int failures = world.state.definition().failover().failures();
      return count(site, at, seen -> streak(seen, false) >= failures) >= needed();
    }

    private boolean healthy(SiteId site, Instant at) {
      int successes = world.state.definition().failover().fallbackSuccesses();
      return count(site, at, seen -> streak(seen, true) >= successes) >= needed();
    }

    private int needed() {
      return world.state.definition().failover().locations().needed(world.locations.size());
    }

    private long count(SiteId site, Instant at, java.util.function.Predicate<List<Seen>> what) {
      return world.locations.stream()
          .map(location -> delivered.getOrDefault(site + "@" + location, List.of()))
          .filter(seen -> !seen.isEmpty() && !at.isAfter(seen.getLast().slot().plusSeconds(3)))
          .filter(what)
          .count();
    }

    private static int streak(List<Seen> seen, boolean success) {
      int length = 0;
      for (Seen each : seen.reversed()) {
        if (each.success() != success) {
          break;
        }
        length++;
      }
      return length;
    }

    /** From every state but Held a healthy world leads back to Steady. */
    private void healEverything() {
      world.down.clear();
      world.impaired.clear();
      world.silent.clear();
      world.edge = World.Edge.APPLIES;
      world.entrypointFollows = true;
      int rounds = 0;
      do {
        world.pass("10s");
        world.readBack();
        rounds++;
      } while (rounds < 2 || (rounds < 60 && !(world.state.state() instanceof Steady)));
      assertThat(world.state.state()).isInstanceOfAny(Steady.class, Held.class);
      if (world.state.state() instanceof Steady) {
        assertThat(world.route.site()).isEqualTo(PRIMARY);
      }
    }

    private static <T> T any(Random random, List<T> values) {
      return values.get(random.nextInt(values.size()));
    }

    private SiteId site() {
      return any(random, world.state.definition().sites()).id();
    }

    private LocationId location() {
      return any(random, world.locations);
    }

    private static <T> void toggle(Set<T> set, T value) {
      if (!set.remove(value)) {
        set.add(value);
      }
    }

    String story() {
      int from = Math.max(0, story.size() - 30);
      return String.join(System.lineSeparator(), story.subList(from, story.size()))
          + System.lineSeparator()
          + world.view();
    }
  }
}
