package io.echopilot.benchmarks;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.echopilot.fleet.FreePorts;
import java.io.IOException;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;

/** Debian's prometheus-blackbox-exporter, asked for probes as Prometheus would. */
final class BlackboxExporter implements AutoCloseable {
  private static final Duration PATIENCE = Duration.ofSeconds(10);
  private static final int AT_A_TIME = 100;

  private final Process process;
  private final HttpClient http = HttpClient.newHttpClient();
  private final HttpRequest probe;

  /** What came of a time of probing. */
  record Probed(long successes, long others) {}

  private BlackboxExporter(Process process, HttpRequest probe) {
    this.process = process;
    this.probe = probe;
  }

  static BlackboxExporter start(Path folder, URI target) throws IOException {
    int port = new FreePorts().next();
    Path config =
        Files.writeString(
            folder.resolve("blackbox.yml"),
            """
            modules:
              http_2xx:
                prober: http
                timeout: 3s
                http: {preferred_ip_protocol: ip4}
            """);
    Process process =
        new ProcessBuilder(
                "prometheus-blackbox-exporter",
                "--config.file=" + config,
                "--web.listen-address=127.0.0.1:" + port,
                "--log.level=error")
            .redirectErrorStream(true)
            .redirectOutput(folder.resolve("blackbox.log").toFile())
            .start();
    URI uri =
        URI.create(
            "http://127.0.0.1:%d/probe?module=http_2xx&target=%s"
                .formatted(port, URLEncoder.encode(target.toString(), UTF_8)));
    return new BlackboxExporter(process, HttpRequest.newBuilder(uri).timeout(PATIENCE).build());
  }

  long pid() {
    return process.pid();
  }

  /** Asks at an even rate, but for no more at a time than it can bear. */
  Probed probe(int perSecond, Duration duration) throws InterruptedException {
    AtomicLong successes = new AtomicLong();
    Semaphore inFlight = new Semaphore(AT_A_TIME);
    long asked = 0;
    long start = System.nanoTime();
    while (System.nanoTime() - start < duration.toNanos()) {
      Pauses.until(start + asked * TimeUnit.SECONDS.toNanos(1) / perSecond);
      inFlight.acquire();
      asked++;
      var _ =
          http.sendAsync(probe, HttpResponse.BodyHandlers.ofString())
              .whenComplete((answer, _) -> {
                successes.addAndGet(isSuccess(answer) ? 1 : 0);
                inFlight.release();
              });
    }
    inFlight.acquire(AT_A_TIME);
    return new Probed(successes.get(), asked - successes.get());
  }

  private static boolean isSuccess(HttpResponse<String> answer) {
    return answer != null && answer.body().contains("\nprobe_success 1\n");
  }

  @Override
  public void close() {
    http.shutdownNow();
    process.destroy();
    process.onExit().join();
  }
}
