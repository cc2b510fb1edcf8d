package io.echopilot.benchmarks;

import io.echopilot.benchmarks.Bench.Options;
import io.echopilot.fleet.FleetOptions;
import io.echopilot.fleet.LocalFleet;
import io.echopilot.fleet.Ports;
import io.echopilot.fleet.process.FleetProcess;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/** Memory after some minutes of the demo, and how long each service takes to be ready by itself. */
final class Footprint implements Bench.Benchmark {
  private static final int STARTS = 7;
  private static final Duration PATIENCE = Duration.ofSeconds(30);

  @Override
  public Report run(Path home, Options options) throws IOException {
    Report report = new Report();
    long start = System.nanoTime();
    try (LocalFleet fleet =
        LocalFleet.startAfresh(FleetOptions.in(home.resolve("footprint"), Ports.free()))) {
      report.figure("fleet_ready_s", (System.nanoTime() - start) / 1e9);
      Pauses.until(System.nanoTime() + Duration.ofMinutes(options.minutes()).toNanos());
      double services = 0;
      for (FleetProcess process : fleet.processes()) {
        double megabytes = pss(process) / 1024.0;
        report.figure(name(process) + "_pss_mb", megabytes);
        services += process.name().endsWith("-service") ? megabytes : 0;
      }
      report.figure("services_pss_mb", services);
      for (FleetProcess process :
          List.of(
              fleet.failover(1),
              fleet.prober(1),
              fleet.alert(),
              fleet.backup(),
              fleet.dashboard())) {
        List<Double> times = new ArrayList<>();
        for (int i = 0; i < STARTS; i++) {
          process.stop(PATIENCE);
          long from = System.nanoTime();
          process.restart();
          process.awaitReady(PATIENCE);
          times.add((System.nanoTime() - from) / 1e6);
        }
        System.out.printf("%-20s ready after %s%n", process.name(), Sample.of(times).line());
        report.figure(name(process) + "_ready_p50_ms", Sample.of(times).median());
        report.figure(name(process) + "_ready_most_ms", Sample.of(times).most());
      }
    }
    return report;
  }

  private static String name(FleetProcess process) {
    return process.name().replace('-', '_');
  }

  /** Of the process and its children, in kilobytes. */
  private static long pss(FleetProcess process) throws IOException {
    long sum = pss(process.pid());
    for (ProcessHandle child :
        ProcessHandle.of(process.pid()).orElseThrow().descendants().toList()) {
      sum += pss(child.pid());
    }
    return sum;
  }

  /** Proportional set size, in kilobytes; see proc(5). */
  private static long pss(long pid) throws IOException {
    try (var lines = Files.lines(Path.of("/proc/%d/smaps_rollup".formatted(pid)))) {
      return lines
          .filter(line -> line.startsWith("Pss:"))
          .map(line -> line.replaceAll("\\D", ""))
          .mapToLong(Long::parseLong)
          .findFirst()
          .orElseThrow();
    }
  }
}
