package io.echopilot.benchmarks;

import io.echopilot.benchmarks.Bench.Options;
import io.echopilot.benchmarks.BlackboxExporter.Probed;
import io.echopilot.events.EventCodec;
import io.echopilot.events.EventCodec.Decoded;
import io.echopilot.events.Outcome;
import io.echopilot.events.ProbeEvent.ProbeCompleted;
import io.echopilot.events.ProbeRun;
import io.echopilot.events.TopicNames;
import io.echopilot.fleet.FleetOptions;
import io.echopilot.fleet.LocalFleet;
import io.echopilot.fleet.Part;
import io.echopilot.fleet.Ports;
import java.io.IOException;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.KafkaProducer;

/**
 * HTTP probes against a local nginx: by blackbox_exporter, and at the same rate of ten thousand in
 * ten seconds by a prober, whose results go to Kafka. A fresh connection per probe in both.
 */
final class Probing implements Bench.Benchmark {
  private static final int SERVICES = 1_000;
  private static final int SITES = 10;
  private static final int PER_SECOND = 1_000;
  private static final Duration WARM_UP = Duration.ofMinutes(2);
  private static final Duration PEER = Duration.ofMinutes(1);
  private static final double MICROS = 1e6;

  /**
   * Runs that were seen.
   *
   * @param lateness nanoseconds from the planned start to the actual one, of each run
   * @param others that were no success
   */
  private record Watched(List<Long> lateness, long others) {
    int count() {
      return lateness.size();
    }
  }

  @Override
  public Report run(Path home, Options options)
      throws IOException, InterruptedException, URISyntaxException {
    Path folder = Files.createDirectories(home.resolve("probing").toAbsolutePath().normalize());
    Report report = new Report();
    try (Nginx nginx = Nginx.start(folder)) {
      double peers = peers(folder, nginx, report);
      double ours = ours(folder, nginx, Duration.ofMinutes(options.minutes()), report);
      return report.ratio("cpu_per_probe", ours / peers);
    }
  }

  private static double ours(Path folder, Nginx nginx, Duration watched, Report report)
      throws IOException, InterruptedException, URISyntaxException {
    try (LocalFleet fleet =
            LocalFleet.startAfresh(
                FleetOptions.in(folder.resolve("fleet"), Ports.free()).withOnly(Part.BROKER));
        ProberProcess prober = ProberProcess.start(folder, fleet.ports().bootstrapServers())) {
      Clients clients = new Clients(fleet.ports().bootstrapServers());
      clients.awaitTopic(TopicNames.PROBE_RESULTS);
      Targets targets = new Targets(SERVICES, SITES, nginx.url(), Clock.systemUTC());
      try (KafkaConsumer<String, byte[]> results = clients.consumer(TopicNames.PROBE_RESULTS);
          KafkaProducer<String, byte[]> producer = clients.producer(null)) {
        targets
            .definitions()
            .forEach(definition -> {
              var _ = producer.send(definition);
            });
        producer.flush();
        watch(results, WARM_UP);
        double heap = prober.liveMegabytes();
        double cpu = Cpu.seconds(prober.pid());
        long start = System.nanoTime();
        Watched seen = watch(results, watched);
        double used = Cpu.seconds(prober.pid()) - cpu;
        double seconds = (System.nanoTime() - start) / 1e9;
        tell(seen, seconds, report);
        double perProbe = used * MICROS / seen.count();
        report
            .figure("cpu_us_per_probe", perProbe)
            .figure("cores_at_10k", used / seconds)
            .figure("heap_mb", heap)
            .figure("heap_growth_mb", prober.liveMegabytes() - heap);
        return perProbe;
      }
    }
  }

  private static void tell(Watched seen, double seconds, Report report) {
    Sample lateness = Sample.ofNanos(seen.lateness());
    System.out.println("a slot began after " + lateness.line());
    report
        .figure("probes_per_s", seen.count() / seconds)
        .figure("not_successful", (double) seen.others())
        .figure("lateness_p50_ms", lateness.median())
        .figure("lateness_p99_ms", lateness.percentile(99))
        .figure("lateness_most_ms", lateness.most());
  }

  private static double peers(Path folder, Nginx nginx, Report report)
      throws IOException, InterruptedException {
    try (BlackboxExporter blackbox = BlackboxExporter.start(folder, nginx.url())) {
      blackbox.probe(PER_SECOND, Duration.ofSeconds(20));
      double before = Cpu.seconds(blackbox.pid());
      Probed probed = blackbox.probe(PER_SECOND, PEER);
      double perProbe =
          (Cpu.seconds(blackbox.pid()) - before) * MICROS / (probed.successes() + probed.others());
      report
          .figure("blackbox_cpu_us_per_probe", perProbe)
          .figure(
              "blackbox_probes_per_s",
              (double) (probed.successes() + probed.others()) / PEER.toSeconds())
          .figure("blackbox_not_successful", (double) probed.others());
      return perProbe;
    }
  }

  /** The runs that Kafka is told of in a time. */
  private static Watched watch(KafkaConsumer<String, byte[]> results, Duration time) {
    List<Long> lateness = new ArrayList<>();
    long[] others = new long[1];
    long end = System.nanoTime() + time.toNanos();
    while (System.nanoTime() < end) {
      for (ConsumerRecord<String, byte[]> record : results.poll(Duration.ofMillis(200))) {
        run(record)
            .ifPresent(run -> {
              lateness.add(Duration.between(run.slot().start(), run.startedAt()).toNanos());
              others[0] += run.outcome() == Outcome.SUCCESS ? 0 : 1;
            });
      }
    }
    return new Watched(lateness, others[0]);
  }

  private static Optional<ProbeRun> run(ConsumerRecord<String, byte[]> record) {
    return EventCodec.decode(record.topic(), record.key(), record.headers(), record.value())
                instanceof Decoded.Known(var envelope)
            && envelope.data() instanceof ProbeCompleted completed
        ? Optional.of(completed.run())
        : Optional.empty();
  }
}
