package io.echopilot.probes.http;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.jayway.jsonpath.JsonPath;
import io.echopilot.events.ProbeError;
import io.echopilot.events.ProbeError.Kind;
import io.echopilot.events.SiteId;
import io.echopilot.probes.Finding;
import io.echopilot.probes.NetworkErrors;
import io.echopilot.probes.Probe;
import io.echopilot.probes.ProbeContext;
import io.echopilot.probes.Stopwatch;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import java.io.ByteArrayOutputStream;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Mono;
import reactor.netty.ByteBufFlux;
import reactor.netty.http.client.HttpClient;
import reactor.netty.resources.ConnectionProvider;
import reactor.netty.resources.LoopResources;

/**
 * A GET over a fresh connection whose answer must match. Reads no more of the body than it needs
 * to, follows no redirect, and is over within the time-out whatever the server does.
 */
public final class HttpProbe implements Probe {
  private final HttpClient client;
  private final URI url;
  private final int status;
  private final JsonExpectations expectations;
  private final @Nullable Origin origin;
  private final Duration timeout;
  private final int mostBody;

  /**
   * Where an answer names the site that gave it.
   *
   * @param sites those that it may name
   */
  public record Origin(JsonPath path, Set<SiteId> sites) {}

  /**
   * Makes a probe.
   *
   * @param origin null when it does not matter which site answers
   */
  public HttpProbe(
      URI url, HttpCheck check, @Nullable Origin origin, Duration timeout, ProbeContext context) {
    this.client = client(context.loops());
    this.url = url;
    this.status = check.status();
    this.expectations = new JsonExpectations(check.json());
    this.origin = origin;
    this.timeout = timeout;
    this.mostBody = context.mostBody();
  }

  /** Fresh connections only: a kept one would not notice that nobody new gets in. */
  private static HttpClient client(LoopResources loops) {
    return HttpClient.create(ConnectionProvider.newConnection())
        .runOn(loops)
        .followRedirect(false)
        .disableRetry(true)
        .headers(headers -> headers.set("User-Agent", "EchoPilot-Prober").set("Accept", "*/*"));
  }

  private record Answer(int status, String body) {}

  @Override
  public CompletableFuture<Finding> run() {
    Stopwatch stopwatch = new Stopwatch();
    return exchange(stopwatch)
        .map(answer -> judge(answer, stopwatch))
        .timeout(timeout)
        .onErrorResume(failure ->
            Mono.just(Finding.of(NetworkErrors.of(failure, url, timeout), stopwatch.phases())))
        .toFuture()
        .thenApply(Objects::requireNonNull);
  }

  private Mono<Answer> exchange(Stopwatch stopwatch) {
    return client
        .doOnResolve(_ -> stopwatch.resolving())
        .doAfterResolve((_, _) -> stopwatch.resolved())
        .doOnChannelInit((_, channel, _) -> channel.pipeline().addFirst(new ConnectMark(stopwatch)))
        .doOnConnected(_ -> secured(stopwatch))
        .doAfterRequest((_, _) -> stopwatch.requested())
        .doOnResponse((_, _) -> stopwatch.answered())
        .get()
        .uri(url)
        .response((response, content) -> {
          int code = response.status().code();
          return (needsBody() ? body(content) : Mono.just("")).map(text -> new Answer(code, text));
        })
        .next();
  }

  /** Over TLS a connection counts as connected once the handshake is done. */
  private void secured(Stopwatch stopwatch) {
    if ("https".equals(url.getScheme())) {
      stopwatch.secured();
    }
  }

  private boolean needsBody() {
    return origin != null || !expectations.isEmpty();
  }

  /** At most {@code mostBody} bytes; what follows is never received. */
  private Mono<String> body(ByteBufFlux received) {
    return Mono.defer(() -> {
      ByteArrayOutputStream bytes = new ByteArrayOutputStream();
      return received
          .asByteArray()
          .doOnNext(part -> bytes.write(part, 0, Math.min(part.length, mostBody - bytes.size())))
          .takeUntil(_ -> bytes.size() >= mostBody)
          .then(Mono.fromSupplier(() -> bytes.toString(UTF_8)));
    });
  }

  private Finding judge(Answer answer, Stopwatch stopwatch) {
    SiteId servedBy = origin == null ? null : servedBy(answer.body(), origin);
    Optional<ProbeError> error = error(answer, servedBy);
    return new Finding(
        error.orElse(null), answer.status(), servedBy, Map.of(), List.of(), stopwatch.phases());
  }

  private Optional<ProbeError> error(Answer answer, @Nullable SiteId servedBy) {
    if (answer.status() != status) {
      return Optional.of(
          new ProbeError(
              Kind.STATUS, "expected status %d, got %d".formatted(status, answer.status())));
    }
    if (origin != null && servedBy == null) {
      return Optional.of(
          new ProbeError(
              Kind.BODY, "%s names none of %s".formatted(origin.path().getPath(), origin.sites())));
    }
    return expectations.unmet(answer.body()).map(reason -> new ProbeError(Kind.BODY, reason));
  }

  private static @Nullable SiteId servedBy(String body, Origin origin) {
    String name = JsonExpectations.text(body, origin.path());
    return origin.sites().stream()
        .filter(site -> site.value().equals(name))
        .findFirst()
        .orElse(null);
  }

  /** TCP is connected when the channel becomes active; TLS has yet to begin. */
  private static final class ConnectMark extends ChannelInboundHandlerAdapter {
    private final Stopwatch stopwatch;

    ConnectMark(Stopwatch stopwatch) {
      this.stopwatch = stopwatch;
    }

    @Override
    public void channelActive(ChannelHandlerContext context) {
      stopwatch.connected();
      context.fireChannelActive();
    }
  }
}
