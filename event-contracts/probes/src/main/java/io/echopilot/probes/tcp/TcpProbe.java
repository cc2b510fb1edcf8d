package io.echopilot.probes.tcp;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.echopilot.events.ProbeError;
import io.echopilot.events.ProbeError.Kind;
import io.echopilot.probes.Endpoint;
import io.echopilot.probes.Finding;
import io.echopilot.probes.Probe;
import io.echopilot.probes.ProbeContext;
import io.echopilot.probes.Regex;
import io.echopilot.probes.Runs;
import io.echopilot.probes.Stopwatch;
import java.io.ByteArrayOutputStream;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Mono;
import reactor.netty.Connection;
import reactor.netty.tcp.TcpClient;

/** Reads no more than it needs to see whether the answer is as expected. */
final class TcpProbe implements Probe {
  private static final int MOST_SHOWN = 100;

  private final Endpoint endpoint;
  private final TcpCheck check;
  private final Duration timeout;
  private final ProbeContext context;

  TcpProbe(Endpoint endpoint, TcpCheck check, Duration timeout, ProbeContext context) {
    this.endpoint = endpoint;
    this.check = check;
    this.timeout = timeout;
    this.context = context;
  }

  @Override
  public CompletableFuture<Finding> run() {
    return Runs.of(
        endpoint,
        timeout,
        stopwatch ->
            Mono.usingWhen(
                client(stopwatch).connect(),
                connection -> talk(connection, stopwatch),
                connection -> Mono.fromRunnable(connection::dispose)));
  }

  private TcpClient client(Stopwatch stopwatch) {
    return TcpClient.newConnection()
        .runOn(context.loops())
        .host(endpoint.host())
        .port(endpoint.port())
        .doOnResolve(_ -> stopwatch.resolving())
        .doAfterResolve((_, _) -> stopwatch.resolved())
        .doOnChannelInit((_, channel, _) -> channel.pipeline().addFirst(stopwatch.connectMark()));
  }

  private Mono<Finding> talk(Connection connection, Stopwatch stopwatch) {
    return say(connection)
        .then(
            Mono.defer(() -> {
              stopwatch.requested();
              return heard(connection, check.expect(), stopwatch);
            }));
  }

  private Mono<Void> say(Connection connection) {
    String send = check.send();
    return send == null
        ? Mono.empty()
        : connection.outbound().sendString(Mono.just(send), UTF_8).then();
  }

  private Mono<Finding> heard(
      Connection connection, @Nullable Regex expected, Stopwatch stopwatch) {
    if (expected == null) {
      return Mono.just(Finding.of(null, stopwatch.phases()));
    }
    ByteArrayOutputStream heard = new ByteArrayOutputStream();
    return connection
        .inbound()
        .receive()
        .asByteArray()
        .doOnNext(part -> {
          if (heard.size() == 0) {
            stopwatch.answered();
          }
          heard.write(part, 0, Math.min(part.length, context.mostBody() - heard.size()));
        })
        .takeUntil(_ -> heard.size() >= context.mostBody() || expected.isIn(heard.toString(UTF_8)))
        .then(
            Mono.fromSupplier(
                () -> Finding.of(unlike(expected, heard.toString(UTF_8)), stopwatch.phases())));
  }

  private @Nullable ProbeError unlike(Regex expected, String heard) {
    if (expected.isIn(heard)) {
      return null;
    }
    String shown = heard.length() <= MOST_SHOWN ? heard : heard.substring(0, MOST_SHOWN) + "…";
    return new ProbeError(
        Kind.ANSWER,
        "expected %s to say something like %s, got %s"
            .formatted(endpoint, expected, heard.isEmpty() ? "nothing" : shown.strip()));
  }
}
