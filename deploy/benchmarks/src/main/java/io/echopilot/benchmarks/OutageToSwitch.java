package io.echopilot.benchmarks;

import io.echopilot.benchmarks.Bench.Options;
import io.echopilot.fleet.DemoControl;
import io.echopilot.fleet.FleetOptions;
import io.echopilot.fleet.LocalFleet;
import io.echopilot.fleet.Port;
import io.echopilot.fleet.Ports;
import java.nio.file.Path;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * From a site that stops to listen to the first answer of the other through the edge; HAProxy
 * watches the same sites in the same outages, and is asked in the same way.
 */
final class OutageToSwitch implements Bench.Benchmark {
  private static final int SIDE_ROUNDS = 10;

  private final Outages outages = new Outages(Clock.systemUTC());

  @Override
  public Report run(Path home, Options options) throws Exception {
    Report report = new Report();
    Measured plain =
        measure(home, new Setup("1s", 1, "refuse", "inter 1s fall 3"), options.rounds());
    Measured fast =
        measure(
            home,
            new Setup("200ms", 1, "refuse", "inter 1s fastinter 200ms fall 3"),
            options.rounds());
    Measured hanging = measure(home, new Setup("1s", 1, "slow", null), SIDE_ROUNDS);
    Measured three = measure(home, new Setup("1s", 3, "refuse", null), SIDE_ROUNDS);
    report
        .figure("rounds", options.rounds())
        .figure("p50_ms", plain.ours().median())
        .figure("most_ms", plain.ours().most())
        .figure("haproxy_p50_ms", plain.peers().median())
        .figure("haproxy_most_ms", plain.peers().most())
        .figure("confirm_200ms_p50_ms", fast.ours().median())
        .figure("confirm_200ms_most_ms", fast.ours().most())
        .figure("haproxy_fastinter_p50_ms", fast.peers().median())
        .figure("haproxy_fastinter_most_ms", fast.peers().most())
        .figure("hanging_p50_ms", hanging.ours().median())
        .figure("three_locations_p50_ms", three.ours().median())
        .ratio("vs_haproxy", plain.ours().median() / plain.peers().median())
        .ratio("vs_haproxy_fastinter", fast.ours().median() / fast.peers().median());
    return report;
  }

  /**
   * A kind of outage.
   *
   * @param haproxy how the peer checks; null when there is none
   */
  private record Setup(String confirm, int locations, String mode, @Nullable String haproxy) {}

  private record Measured(Sample ours, Sample peers) {}

  private Measured measure(Path home, Setup setup, int rounds) throws Exception {
    Ports ports = Ports.free();
    List<Double> ours = new ArrayList<>();
    List<Double> peers = new ArrayList<>();
    try (LocalFleet fleet =
            LocalFleet.startAfresh(
                FleetOptions.in(home.resolve("outage"), ports)
                    .withLocations(setup.locations())
                    .withServices(Outages.services(ports, setup.confirm(), setup.locations())));
        Haproxy peer = Haproxy.start(fleet.home().folder(), ports, setup.haproxy())) {
      DemoControl control = new DemoControl(ports.of(Port.EDGE_CONTROL));
      Serving edge = new Serving(ports.of(Port.EDGE));
      for (int round = 0; round < rounds; round++) {
        edge.await("primary");
        peer.serving().ifPresent(serving -> serving.await("primary"));
        outages.settle(round, rounds);
        control.mode("primary", setup.mode());
        long broken = System.nanoTime();
        List<Thread> watchers = new ArrayList<>();
        watchers.add(Thread.ofPlatform().start(() -> ours.add(edge.await("fallback", broken))));
        peer.serving()
            .ifPresent(serving ->
                watchers.add(
                    Thread.ofPlatform().start(() -> peers.add(serving.await("fallback", broken)))));
        for (Thread watcher : watchers) {
          watcher.join();
        }
        control.mode("primary", "ok");
      }
    }
    System.out.printf(Locale.ROOT, "%-60s ours    %s%n", setup, Sample.of(ours).line());
    if (!peers.isEmpty()) {
      System.out.printf(Locale.ROOT, "%-60s haproxy %s%n", "", Sample.of(peers).line());
    }
    return new Measured(Sample.of(ours), peers.isEmpty() ? Sample.of(ours) : Sample.of(peers));
  }
}
