package io.echopilot.probes.grpc;

import io.echopilot.events.ProbeError;
import io.echopilot.events.ProbeError.Kind;
import io.echopilot.probes.Endpoint;
import io.echopilot.probes.Finding;
import io.echopilot.probes.Probe;
import io.echopilot.probes.ProbeContext;
import io.echopilot.probes.Runs;
import io.echopilot.probes.Stopwatch;
import io.echopilot.probes.tls.TlsClient;
import io.echopilot.probes.tls.TlsSettings;
import io.echopilot.probes.tls.Validity;
import io.netty.buffer.Unpooled;
import io.netty.channel.ChannelOption;
import io.netty.handler.codec.http.EmptyHttpHeaders;
import io.netty.handler.codec.http.HttpHeaders;
import java.io.ByteArrayOutputStream;
import java.time.Duration;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Mono;
import reactor.netty.ByteBufFlux;
import reactor.netty.http.HttpProtocol;
import reactor.netty.http.client.HttpClient;
import reactor.netty.http.client.HttpClientResponse;
import reactor.netty.resources.ConnectionProvider;

/**
 * One call of {@code grpc.health.v1.Health/Check} over a fresh connection (gRPC over HTTP/2, as in
 * its {@code PROTOCOL-HTTP2.md}).
 */
final class GrpcProbe implements Probe {
  private static final String METHOD = "/grpc.health.v1.Health/Check";
  private static final String CONTENT_TYPE = "application/grpc";

  private final Endpoint endpoint;
  private final GrpcCheck check;
  private final Duration timeout;
  private final ProbeContext context;
  private final @Nullable TlsClient tls;

  /**
   * What came back: the message, empty where there was too much, and what stood before or after.
   */
  private record Answer(HttpClientResponse head, Optional<byte[]> message, HttpHeaders trailers) {}

  GrpcProbe(Endpoint endpoint, GrpcCheck check, Duration timeout, ProbeContext context) {
    this.endpoint = endpoint;
    this.check = check;
    this.timeout = timeout;
    this.context = context;
    TlsSettings settings = check.tls();
    this.tls = settings == null ? null : new TlsClient(settings, context.secrets(), "h2");
  }

  @Override
  public CompletableFuture<Finding> run() {
    return Runs.of(
        endpoint,
        timeout,
        stopwatch ->
            // Streams need a pool to come from: one of a single connection, which ends with the
            // run.
            Mono.using(
                () -> ConnectionProvider.create("probe", 1),
                pool -> call(pool, stopwatch),
                ConnectionProvider::dispose));
  }

  private Mono<Finding> call(ConnectionProvider pool, Stopwatch stopwatch) {
    AtomicReference<@Nullable Validity> certificate = new AtomicReference<>();
    byte[] request = HealthMessages.request(Objects.requireNonNullElse(check.service(), ""));
    return client(pool, stopwatch)
        .doOnConnected(connection ->
            Validity.of(connection)
                .ifPresent(validity -> {
                  stopwatch.secured();
                  certificate.set(validity);
                }))
        .post()
        .uri("%s://%s%s".formatted(tls == null ? "http" : "https", endpoint, METHOD))
        .send(Mono.fromSupplier(() -> Unpooled.wrappedBuffer(request)))
        .response((head, content) -> answer(head, content))
        .next()
        .map(answer ->
            Finding.of(
                error(answer).or(() -> expiring(certificate.get())).orElse(null),
                stopwatch.phases()));
  }

  private HttpClient client(ConnectionProvider pool, Stopwatch stopwatch) {
    HttpClient client =
        HttpClient.create(pool)
            .runOn(context.loops())
            .option(ChannelOption.CONNECT_TIMEOUT_MILLIS, Math.toIntExact(timeout.toMillis()))
            .disableRetry(true)
            .protocol(tls == null ? HttpProtocol.H2C : HttpProtocol.H2)
            .headers(headers ->
                headers
                    .set("Content-Type", CONTENT_TYPE)
                    .set("TE", "trailers")
                    .set("grpc-timeout", timeout.toMillis() + "m"))
            .doOnResolve(_ -> stopwatch.resolving())
            .doAfterResolve((_, _) -> stopwatch.resolved())
            .doOnChannelInit(
                (_, channel, _) -> channel.pipeline().addFirst(stopwatch.connectMark()))
            .doAfterRequest((_, _) -> stopwatch.requested())
            .doOnResponse((_, _) -> stopwatch.answered());
    return tls == null ? client : client.secure(spec -> spec.sslContext(tls.always()));
  }

  private Mono<Answer> answer(HttpClientResponse head, ByteBufFlux content) {
    return Mono.defer(() -> {
      ByteArrayOutputStream kept = new ByteArrayOutputStream();
      return content
          .asByteArray()
          .doOnNext(
              part -> kept.write(part, 0, Math.min(part.length, context.mostBody() - kept.size())))
          .takeUntil(_ -> kept.size() >= context.mostBody())
          .then(
              Mono.defer(() ->
                  kept.size() >= context.mostBody()
                      ? Mono.just(new Answer(head, Optional.empty(), EmptyHttpHeaders.INSTANCE))
                      : head.trailerHeaders()
                          .defaultIfEmpty(EmptyHttpHeaders.INSTANCE)
                          .map(trailers ->
                              new Answer(head, Optional.of(kept.toByteArray()), trailers))));
    });
  }

  private Optional<ProbeError> error(Answer answer) {
    HttpHeaders headers = answer.head().responseHeaders();
    if (!String.valueOf(headers.get("Content-Type")).startsWith(CONTENT_TYPE)) {
      return error(
          Kind.PROTOCOL,
          "%s answers HTTP status %d and does not speak gRPC"
              .formatted(endpoint, answer.head().status().code()));
    }
    // A call that fails at once has no trailers: its only headers are both.
    HttpHeaders last = headers.contains("grpc-status") ? headers : answer.trailers();
    String code = last.get("grpc-status");
    if (code != null && !"0".equals(code)) {
      return refused(code, Objects.requireNonNullElse(last.get("grpc-message"), ""));
    }
    return answer
        .message()
        .flatMap(HealthMessages::status)
        .map(this::unwell)
        .orElseGet(() ->
            error(
                Kind.PROTOCOL,
                "%s answers something other than a health status".formatted(endpoint)));
  }

  private Optional<ProbeError> unwell(HealthMessages.Status status) {
    return status == HealthMessages.Status.SERVING
        ? Optional.empty()
        : error(Kind.ANSWER, "expected %s to be SERVING, got %s".formatted(asked(), status));
  }

  private Optional<ProbeError> refused(String code, String message) {
    return switch (code) {
      case "5" ->
          error(Kind.ANSWER, "%s does not know the service %s".formatted(endpoint, asked()));
      case "7", "16" -> error(Kind.LOGIN, "%s lets nobody ask: %s".formatted(endpoint, message));
      case "12" -> error(Kind.ANSWER, endpoint + " has no service grpc.health.v1.Health");
      default ->
          error(
              Kind.ANSWER,
              "%s answers gRPC status %s%s"
                  .formatted(endpoint, code, message.isEmpty() ? "" : ": " + message));
    };
  }

  private String asked() {
    return Objects.requireNonNullElse(check.service(), endpoint.toString());
  }

  private Optional<ProbeError> expiring(@Nullable Validity certificate) {
    TlsSettings settings = check.tls();
    return settings == null || certificate == null
        ? Optional.empty()
        : certificate.error(settings.daysLeft(), context.clock().instant());
  }

  private static Optional<ProbeError> error(Kind kind, String message) {
    return Optional.of(new ProbeError(kind, message));
  }
}
