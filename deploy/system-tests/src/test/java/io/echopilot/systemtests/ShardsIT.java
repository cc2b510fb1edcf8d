package io.echopilot.systemtests;

import static org.assertj.core.api.Assertions.assertThat;

import io.echopilot.fleet.FleetOptions;
import io.echopilot.fleet.LocalFleet;
import io.echopilot.fleet.Part;
import io.echopilot.fleet.Port;
import io.echopilot.fleet.Ports;
import io.echopilot.fleet.process.FleetProcess;
import io.echopilot.fleet.process.Signal;
import io.echopilot.systemtests.Slots.Tally;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Three replicas of one location share 36 services that are probed every five seconds. */
@Timeout(600)
class ShardsIT {
  /** Longer than a hand-over takes on a machine that other tests share. */
  private static final Duration INTERVAL = Duration.ofSeconds(5);

  private static final Duration SESSION = Duration.ofSeconds(6);
  private static final Duration WATCHED = Duration.ofSeconds(20);
  private static final Ports PORTS = Ports.free();
  private static final int SERVICES = 36;
  private static final int TARGETS = 2 * SERVICES;

  private static LocalFleet fleet;
  private static Slots slots;

  @BeforeAll
  static void start() {
    fleet =
        LocalFleet.startAfresh(
            FleetOptions.in(Path.of("target", "fleets", "shards").toAbsolutePath(), PORTS)
                .withOnly(Part.BROKER, Part.DEMO, Part.FAILOVER_SERVICE, Part.PROBER_SERVICE)
                .withLocations(3)
                .withServices(services())
                .withProperty("prober-service", "echopilot.prober.location", "here")
                .withProperty("prober-service", "echopilot.prober.guard", "false")
                .withProperty(
                    "prober-service",
                    "spring.kafka.consumer.properties.session.timeout.ms",
                    Long.toString(SESSION.toMillis())));
    slots = new Slots(PORTS.bootstrapServers(), INTERVAL);
  }

  @AfterAll
  static void stop() {
    slots.close();
    fleet.stop();
  }

  private static String services() {
    return IntStream.range(0, SERVICES)
        .mapToObj(service ->
            """
              - id: s%d
                locations: [here]
                sites:
                  - {id: primary, url: "http://127.0.0.1:%d"}
                  - {id: fallback, url: "http://127.0.0.1:%d"}
                probes:
                  - {id: health, http: {path: /health}, interval: %ds, confirm: %ds, timeout: 1s}
                traffic: {webhook: {endpoint: demo-edge}}
            """
                .formatted(
                    service,
                    PORTS.of(Port.PRIMARY),
                    PORTS.of(Port.FALLBACK),
                    INTERVAL.toSeconds(),
                    INTERVAL.toSeconds()))
        .collect(Collectors.joining("", "services:\n", ""));
  }

  @Test
  void eachSlotIsRunByOneReplicaWhoeverComesAndGoes() {
    Instant start = settled();
    Tally steady = during("steady", start, () -> {});
    assertThat(slots.replicas(start)).hasSize(3);

    FleetProcess third = fleet.prober(3);
    Tally left = during("leave", Instant.now(), () -> third.stop(World.PATIENCE));
    Tally joined =
        during(
            "join",
            Instant.now(),
            () -> {
              third.restart();
              third.awaitReady(World.PATIENCE);
            });
    Tally killed = during("kill", Instant.now(), () -> fleet.prober(2).kill(Signal.KILL));

    assertThat(steady).isEqualTo(new Tally(0, 0));
    assertThat(left.missed() + left.doubled()).isLessThanOrEqualTo(1);
    assertThat(joined.missed() + joined.doubled()).isLessThanOrEqualTo(1);
    assertThat(killed.doubled()).isZero();
    assertThat(killed.missed())
        .isLessThanOrEqualTo(
            Math.ceilDiv((int) SESSION.plusSeconds(2).toSeconds(), (int) INTERVAL.toSeconds()));
  }

  /** A time from which on all is as it should be: a cold fleet is slow and starts late. */
  private static Instant settled() {
    slots.await(TARGETS, Instant.now());
    Instant[] from = {Instant.now()};
    World.await(
        "two slots of each that are not missed",
        () -> {
          Instant to = from[0].plus(INTERVAL.multipliedBy(2));
          slots.await(TARGETS, to);
          boolean isSteady = slots.worst(from[0], to).equals(new Tally(0, 0));
          from[0] = Instant.now();
          return isSteady;
        });
    return from[0];
  }

  /** What it costs the target that it costs most. */
  private static Tally during(String what, Instant from, Runnable change) {
    change.run();
    Instant to = Instant.now().plus(WATCHED);
    slots.await(TARGETS, to);
    Tally worst = slots.worst(from, to);
    System.out.printf("%s: %s, run by %s%n", what, worst, slots.replicas(to.minus(INTERVAL)));
    return worst;
  }
}
