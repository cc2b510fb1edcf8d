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
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Mono;
import reactor.netty.Connection;
import reactor.netty.tcp.TcpClient;

/** Reads no more than it needs to see whether the answer is as expected. */
final class TcpProbe implements Probe {
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
    Regex expected = check.expect();
    Heard heard = expected == null ? null : new Heard(expected, context.mostBody());
    return Runs.of(
            endpoint,
            timeout,
            stopwatch ->
                Mono.usingWhen(
                    client(stopwatch).connect(),
                    connection -> talk(connection, heard, stopwatch),
                    connection -> Mono.fromRunnable(connection::dispose)))
        .thenApply(finding -> late(finding, heard));
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

  private Mono<Finding> talk(Connection connection, @Nullable Heard heard, Stopwatch stopwatch) {
    return say(connection)
        .then(
            Mono.defer(() -> {
              stopwatch.requested();
              return heard == null
                  ? Mono.just(Finding.of(null, stopwatch.phases()))
                  : listen(connection, heard, stopwatch);
            }));
  }

  private Mono<Void> say(Connection connection) {
    String send = check.send();
    return send == null
        ? Mono.empty()
        : connection.outbound().sendString(Mono.just(send), UTF_8).then();
  }

  private Mono<Finding> listen(Connection connection, Heard heard, Stopwatch stopwatch) {
    return connection
        .inbound()
        .receive()
        .asByteArray()
        .doOnNext(part -> {
          if (heard.isNothing()) {
            stopwatch.answered();
          }
          heard.add(part);
        })
        .takeUntil(_ -> heard.isEnough())
        .then(Mono.fromSupplier(() -> Finding.of(heard.error(endpoint), stopwatch.phases())));
  }

  /** A peer that said something else, and then nothing more, gave an answer. */
  private Finding late(Finding finding, @Nullable Heard heard) {
    ProbeError error = finding.error();
    return error == null || error.kind() != Kind.TIMEOUT || heard == null || heard.isNothing()
        ? finding
        : Finding.of(heard.error(endpoint), finding.phases());
  }
}
