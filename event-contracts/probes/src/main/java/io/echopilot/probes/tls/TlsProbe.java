package io.echopilot.probes.tls;

import io.echopilot.events.ProbeError;
import io.echopilot.events.ProbeError.Kind;
import io.echopilot.probes.Endpoint;
import io.echopilot.probes.Finding;
import io.echopilot.probes.Probe;
import io.echopilot.probes.ProbeContext;
import io.echopilot.probes.Runs;
import io.echopilot.probes.Stopwatch;
import io.netty.handler.ssl.SslContext;
import io.netty.handler.ssl.SslHandler;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import javax.net.ssl.SSLSession;
import reactor.core.publisher.Mono;
import reactor.netty.Connection;
import reactor.netty.resources.LoopResources;
import reactor.netty.tcp.TcpClient;

/** Shakes hands, and leaves. */
final class TlsProbe implements Probe {
  private final Endpoint endpoint;
  private final TlsCheck check;
  private final TlsClient tls;
  private final Duration timeout;
  private final LoopResources loops;
  private final Clock clock;

  TlsProbe(Endpoint endpoint, TlsCheck check, Duration timeout, ProbeContext context) {
    this.endpoint = endpoint;
    this.check = check;
    this.tls = new TlsClient(check.how(), context.secrets());
    this.timeout = timeout;
    this.loops = context.loops();
    this.clock = context.clock();
  }

  @Override
  public CompletableFuture<Finding> run() {
    return Runs.of(
        endpoint,
        timeout,
        stopwatch ->
            Mono.usingWhen(
                    client(tls.always(), stopwatch).connect(),
                    TlsProbe::shaken,
                    connection -> Mono.fromRunnable(connection::dispose))
                .map(session -> judge(session, stopwatch)));
  }

  private TcpClient client(SslContext context, Stopwatch stopwatch) {
    String name = Objects.requireNonNullElse(check.name(), endpoint.host());
    return TcpClient.newConnection()
        .runOn(loops)
        .host(endpoint.host())
        .port(endpoint.port())
        .doOnResolve(_ -> stopwatch.resolving())
        .doAfterResolve((_, _) -> stopwatch.resolved())
        .doOnChannelInit((_, channel, _) ->
            channel
                .pipeline()
                .addFirst(
                    stopwatch.connectMark(),
                    context.newHandler(channel.alloc(), name, endpoint.port())));
  }

  private static Mono<SSLSession> shaken(Connection connection) {
    SslHandler handler = connection.channel().pipeline().get(SslHandler.class);
    return Mono.create(sink ->
        handler
            .handshakeFuture()
            .addListener(done -> {
              if (done.isSuccess()) {
                sink.success(handler.engine().getSession());
              } else {
                sink.error(Objects.requireNonNull(done.cause()));
              }
            }));
  }

  private Finding judge(SSLSession session, Stopwatch stopwatch) {
    stopwatch.secured();
    Optional<Validity> shown = Validity.of(session);
    Optional<ProbeError> error =
        shown.isEmpty()
            ? Optional.of(new ProbeError(Kind.TLS, endpoint + " showed no certificate"))
            : shown.get().error(check.daysLeft(), clock.instant());
    Map<String, Double> numbers =
        shown
            .map(validity -> Map.of("daysLeft", validity.daysLeft(clock.instant())))
            .orElse(Map.of());
    return new Finding(error.orElse(null), null, null, numbers, List.of(), stopwatch.phases());
  }
}
