package io.echopilot.probes.http;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.echopilot.probes.ProbeContext;
import io.echopilot.probes.Stopwatch;
import io.echopilot.probes.tls.TlsClient;
import io.echopilot.probes.tls.TlsSettings;
import io.echopilot.probes.tls.Validity;
import io.netty.buffer.Unpooled;
import io.netty.channel.ChannelOption;
import io.netty.handler.codec.http.HttpHeaders;
import io.netty.handler.codec.http.HttpMethod;
import io.netty.handler.ssl.SslContext;
import java.io.ByteArrayOutputStream;
import java.net.URI;
import java.time.Duration;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Mono;
import reactor.netty.ByteBufFlux;
import reactor.netty.http.HttpProtocol;
import reactor.netty.http.client.HttpClient;
import reactor.netty.http.client.HttpClientResponse;
import reactor.netty.resources.ConnectionProvider;

/**
 * One request and its answer over a fresh connection: a kept one would not notice that nobody new
 * gets in. Of the body no more is received than is read or counted.
 */
final class Exchange {
  private static final int HTTP_2 = 2;

  private final HttpCheck check;
  private final Duration timeout;
  private final HttpClient client;
  private final TlsClient tls;
  private final ProbeContext context;
  private final long bytes;

  Exchange(HttpCheck check, Duration timeout, ProbeContext context, long counted) {
    this.check = check;
    this.timeout = timeout;
    this.context = context;
    this.bytes = Math.max(context.mostBody(), counted);
    this.tls =
        new TlsClient(
            Objects.requireNonNullElse(check.tls(), TlsSettings.USUAL),
            context.secrets(),
            isHttp2() ? new String[] {"h2"} : new String[0]);
    this.client = client();
  }

  private boolean isHttp2() {
    return check.version() != null && check.version() == HTTP_2;
  }

  private HttpClient client() {
    return HttpClient.create(ConnectionProvider.newConnection())
        .runOn(context.loops())
        // Else a connect that nobody answers would go on for 30 s after its run.
        .option(ChannelOption.CONNECT_TIMEOUT_MILLIS, Math.toIntExact(timeout.toMillis()))
        .followRedirect(false)
        .disableRetry(true)
        .headers(this::addHeaders);
  }

  private void addHeaders(HttpHeaders headers) {
    headers.set("User-Agent", "EchoPilot-Prober").set("Accept", "*/*");
    Objects.requireNonNullElse(check.headers(), Map.<String, String>of()).forEach(headers::set);
  }

  /**
   * Asks.
   *
   * @param bearer null to show none
   */
  Mono<Answer> ask(URI url, @Nullable String bearer, Stopwatch stopwatch) {
    if (!isHttp2()) {
      return ask(client, url, bearer, stopwatch);
    }
    HttpProtocol protocol = isSecure(url) ? HttpProtocol.H2 : HttpProtocol.H2C;
    // Streams need a pool to come from: one of a single connection, which ends with the run.
    return Mono.using(
        () -> ConnectionProvider.create("probe", 1),
        pool ->
            ask(
                HttpClient.create(pool)
                    .runOn(context.loops())
                    // Else a connect that nobody answers would go on for 30 s after its run.
                    .option(
                        ChannelOption.CONNECT_TIMEOUT_MILLIS, Math.toIntExact(timeout.toMillis()))
                    .followRedirect(false)
                    .disableRetry(true)
                    .headers(this::addHeaders)
                    .protocol(protocol),
                url,
                bearer,
                stopwatch),
        ConnectionProvider::dispose);
  }

  private Mono<Answer> ask(
      HttpClient plain, URI url, @Nullable String bearer, Stopwatch stopwatch) {
    AtomicReference<@Nullable Validity> certificate = new AtomicReference<>();
    HttpClient timed =
        timed(secured(plain, url), stopwatch)
            .doOnConnected(connection -> {
              Validity.of(connection)
                  .ifPresent(validity -> {
                    stopwatch.secured();
                    certificate.set(validity);
                  });
            });
    if (bearer != null) {
      timed = timed.headers(headers -> headers.set("Authorization", "Bearer " + bearer));
    }
    HttpClient.RequestSender request =
        timed.request(HttpMethod.valueOf(Objects.requireNonNullElse(check.method(), "GET")));
    return request(request.uri(url))
        .response((response, content) -> answer(url, response, content, certificate))
        .next();
  }

  private HttpClient.ResponseReceiver<?> request(HttpClient.RequestSender request) {
    String body = check.body();
    return body == null
        ? request
        : request.send(Mono.fromSupplier(() -> Unpooled.copiedBuffer(body, UTF_8)));
  }

  private HttpClient secured(HttpClient plain, URI url) {
    if (!isSecure(url)) {
      return plain;
    }
    Optional<SslContext> context = tls.context();
    return context.isEmpty() ? plain : plain.secure(spec -> spec.sslContext(context.get()));
  }

  private static HttpClient timed(HttpClient client, Stopwatch stopwatch) {
    return client
        .doOnResolve(_ -> stopwatch.resolving())
        .doAfterResolve((_, _) -> stopwatch.resolved())
        .doOnChannelInit((_, channel, _) -> channel.pipeline().addFirst(stopwatch.connectMark()))
        .doAfterRequest((_, _) -> stopwatch.requested())
        .doOnResponse((_, _) -> stopwatch.answered());
  }

  private Mono<Answer> answer(
      URI url,
      HttpClientResponse response,
      ByteBufFlux content,
      AtomicReference<@Nullable Validity> certificate) {
    Answer head =
        new Answer(
            url, response.status().code(), response.responseHeaders(), "", 0, certificate.get());
    return head.location() == null ? body(head, content) : Mono.just(head);
  }

  private Mono<Answer> body(Answer head, ByteBufFlux received) {
    return Mono.defer(() -> {
      ByteArrayOutputStream kept = new ByteArrayOutputStream();
      long[] size = new long[1];
      return received
          .asByteArray()
          .doOnNext(part -> {
            size[0] += part.length;
            kept.write(part, 0, Math.min(part.length, context.mostBody() - kept.size()));
          })
          .takeUntil(_ -> size[0] >= bytes)
          .then(
              Mono.fromSupplier(() ->
                  new Answer(
                      head.url(),
                      head.status(),
                      head.headers(),
                      kept.toString(UTF_8),
                      size[0],
                      head.certificate())));
    });
  }

  private static boolean isSecure(URI url) {
    return "https".equals(url.getScheme());
  }
}
