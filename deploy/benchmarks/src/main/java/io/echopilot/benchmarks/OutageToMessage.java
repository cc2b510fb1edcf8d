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

/**
 * From a site that stops to listen to the message on both channels, the later of the two; and to
 * the first answer of the other site through the edge, in the same outages.
 */
final class OutageToMessage implements Bench.Benchmark {
  private static final int ROUNDS = 20;

  @Override
  public Report run(Path home, Options options) throws Exception {
    Ports ports = Ports.free();
    Outages outages = new Outages(Clock.systemUTC());
    List<Double> told = new ArrayList<>();
    List<Double> switched = new ArrayList<>();
    try (LocalFleet _ =
        LocalFleet.startAfresh(
            FleetOptions.in(home.resolve("message"), ports)
                .withServices(Outages.services(ports, "1s", 1)))) {
      DemoControl control = new DemoControl(ports.of(Port.EDGE_CONTROL));
      Serving edge = new Serving(ports.of(Port.EDGE));
      List<Letterbox> boxes =
          List.of(
              new Letterbox(ports.of(Port.INBOX), "slack"),
              new Letterbox(ports.of(Port.INBOX), "telegram"));
      for (int round = 0; round < ROUNDS; round++) {
        edge.await("primary");
        boxes.forEach(Letterbox::awaitResolved);
        outages.settle(round, ROUNDS);
        List<Integer> before = boxes.stream().map(Letterbox::count).toList();
        control.mode("primary", "refuse");
        long broken = System.nanoTime();
        Thread watcher =
            Thread.ofPlatform().start(() -> switched.add(edge.await("fallback", broken)));
        double slack = boxes.get(0).awaitMore(before.get(0), broken);
        double telegram = boxes.get(1).awaitMore(before.get(1), broken);
        told.add(Math.max(slack, telegram));
        watcher.join();
        control.mode("primary", "ok");
      }
    }
    System.out.printf("outage to both messages  %s%n", Sample.of(told).line());
    System.out.printf("outage to switch         %s%n", Sample.of(switched).line());
    return new Report()
        .figure("rounds", ROUNDS)
        .figure("p50_ms", Sample.of(told).median())
        .figure("most_ms", Sample.of(told).most())
        .figure("switch_p50_ms", Sample.of(switched).median())
        .figure("switch_most_ms", Sample.of(switched).most());
  }
}
