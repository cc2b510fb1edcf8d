package io.echopilot.probes.icmp;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.echopilot.events.ProbeError;
import io.echopilot.events.ProbeError.Kind;
import io.echopilot.probes.DeniedNetworks;
import io.echopilot.probes.Endpoint;
import io.echopilot.probes.Finding;
import io.echopilot.probes.Probe;
import io.echopilot.probes.Runs;
import io.echopilot.probes.Stopwatch;
import java.io.IOException;
import java.net.InetAddress;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Mono;
import reactor.core.scheduler.Schedulers;

/**
 * One echo request by the system's {@code ping}, a process of its own: Java has no ICMP, and what
 * it has in its place falls back to TCP without a word.
 */
final class IcmpProbe implements Probe {
  private static final int ANSWERED = 0;
  private static final int UNANSWERED = 1;
  private static final int MOST_OUTPUT = 4096;
  private static final int MOST_SHOWN = 200;
  private static final Pattern ROUND_TRIP = Pattern.compile("time[=<]([0-9.]+) ?ms");
  private static final Pattern UNREACHABLE = Pattern.compile("(?m)^.*[Uu]nreachable.*$");

  private final String command;
  private final Endpoint endpoint;
  private final Duration timeout;
  private final DeniedNetworks denied;

  IcmpProbe(String command, String host, Duration timeout, DeniedNetworks denied) {
    this.command = command;
    this.endpoint = new Endpoint(host, 0);
    this.timeout = timeout;
    this.denied = denied;
  }

  @Override
  public CompletableFuture<Finding> run() {
    return Runs.of(
        endpoint,
        timeout,
        stopwatch ->
            Mono.fromCallable(() -> address(stopwatch))
                .flatMap(address -> ping(address, stopwatch))
                .subscribeOn(Schedulers.boundedElastic()));
  }

  private InetAddress address(Stopwatch stopwatch) throws IOException {
    stopwatch.resolving();
    InetAddress address = InetAddress.getByName(endpoint.host());
    stopwatch.resolved();
    denied.check(address);
    return address;
  }

  private Mono<Finding> ping(InetAddress address, Stopwatch stopwatch) {
    return Mono.using(
            () -> start(address),
            process -> Mono.fromFuture(process.onExit()).map(ended -> judge(ended, stopwatch)),
            Process::destroyForcibly)
        .onErrorResume(
            IOException.class,
            e ->
                Mono.just(
                    impossible(
                        "%s can't be run, install it and let this prober use it: %s"
                            .formatted(command, e.getMessage()))));
  }

  /** The address is one that Java wrote, so no option can hide in it. */
  private Process start(InetAddress address) throws IOException {
    String seconds = Long.toString(timeout.toSeconds() + 1);
    ProcessBuilder builder =
        new ProcessBuilder(
                List.of(command, "-n", "-c", "1", "-W", seconds, address.getHostAddress()))
            .redirectErrorStream(true);
    builder.environment().clear();
    builder.environment().put("LC_ALL", "C");
    return builder.start();
  }

  private static String output(Process process) {
    try {
      return new String(process.getInputStream().readNBytes(MOST_OUTPUT), UTF_8);
    } catch (IOException _) {
      return "";
    }
  }

  private Finding judge(Process ended, Stopwatch stopwatch) {
    int exit = ended.exitValue();
    String output = output(ended);
    Matcher unreachable = UNREACHABLE.matcher(output);
    if (exit == ANSWERED) {
      return new Finding(null, null, null, roundTrip(output), List.of(), stopwatch.phases());
    }
    if (unreachable.find()) {
      return Finding.of(
          new ProbeError(Kind.CONNECT, "%s: %s".formatted(endpoint, unreachable.group())),
          stopwatch.phases());
    }
    return exit == UNANSWERED
        ? Finding.of(
            new ProbeError(Kind.TIMEOUT, endpoint + " does not answer an echo request"),
            stopwatch.phases())
        : impossible(output.strip());
  }

  private static Finding impossible(@Nullable String reason) {
    String text = String.valueOf(reason);
    return Finding.notCarriedOut(
        "icmp isn't possible here: "
            + (text.length() <= MOST_SHOWN ? text : text.substring(0, MOST_SHOWN) + "…"));
  }

  private static Map<String, Double> roundTrip(String output) {
    Matcher time = ROUND_TRIP.matcher(output);
    return time.find() ? Map.of("roundTrip", Double.valueOf(time.group(1))) : Map.of();
  }
}
