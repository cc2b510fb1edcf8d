package io.echopilot.failover.traffic;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.echopilot.events.DecisionId;
import io.echopilot.events.Epoch;
import io.echopilot.events.EventJson;
import io.echopilot.events.Route;
import io.echopilot.events.ServiceId;
import io.echopilot.events.SiteId;
import io.echopilot.events.webhook.WebhookSignature;
import io.echopilot.events.webhook.WebhookSignature.Request;
import java.net.URI;
import java.time.Clock;
import java.time.Duration;
import java.util.Objects;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpMethod;
import org.springframework.http.HttpStatus;
import org.springframework.http.HttpStatusCode;
import org.springframework.http.MediaType;
import org.springframework.web.reactive.function.client.WebClient;
import reactor.core.publisher.Mono;
import tools.jackson.core.JacksonException;

/**
 * Speaks the webhook contract of docs/adr/0005-webhook-contract.md to an edge that compares and
 * sets.
 */
final class WebhookAdapter implements TrafficAdapter {
  private final WebClient client;
  private final URI url;
  private final String keyId;
  private final WebhookSignature signature;
  private final Duration timeout;
  private final Clock clock;

  WebhookAdapter(
      WebClient client,
      URI url,
      String keyId,
      WebhookSignature signature,
      Duration timeout,
      Clock clock) {
    this.client = client;
    this.url = url;
    this.keyId = keyId;
    this.signature = signature;
    this.timeout = timeout;
    this.clock = clock;
  }

  /** What an edge answers, of either kind; a field that the answer lacks is null. */
  private record Answer(
      @Nullable SiteId site,
      @Nullable Epoch epoch,
      @Nullable DecisionId decisionId,
      @Nullable Answer current,
      @Nullable String error) {
    Route route() {
      return new Route(site, Objects.requireNonNullElse(epoch, Epoch.ZERO), decisionId);
    }
  }

  private record Reply(HttpStatusCode status, Answer answer) {}

  @Override
  public Fencing fencing() {
    return Fencing.COMPARE_AND_SET;
  }

  @Override
  public CompletableFuture<Outcome> apply(Order order) {
    String body = EventJson.mapper().writeValueAsString(order);
    return exchange(HttpMethod.PUT, order.service(), body)
        .<Outcome>map(WebhookAdapter::outcome)
        .onErrorResume(failure -> Mono.just(new Outcome.Errored(sentence(failure))))
        .toFuture()
        .thenApply(Objects::requireNonNull);
  }

  @Override
  public CompletableFuture<ReadBack> read(ServiceId service) {
    return exchange(HttpMethod.GET, service, "")
        .<ReadBack>map(WebhookAdapter::readBack)
        .onErrorResume(failure -> Mono.just(new ReadBack.Unreadable(sentence(failure))))
        .toFuture()
        .thenApply(Objects::requireNonNull);
  }

  private static Outcome outcome(Reply reply) {
    Answer answer = reply.answer();
    if (reply.status().isSameCodeAs(HttpStatus.OK)) {
      return new Outcome.Applied();
    }
    if (reply.status().isSameCodeAs(HttpStatus.CONFLICT) && answer.current() != null) {
      return new Outcome.Refused(
          answer.current().route(),
          Objects.requireNonNullElse(answer.error(), "the edge has another route"));
    }
    return new Outcome.Errored(refusal(reply));
  }

  private static ReadBack readBack(Reply reply) {
    return reply.status().isSameCodeAs(HttpStatus.OK)
        ? new ReadBack.Read(reply.answer().route())
        : new ReadBack.Unreadable(refusal(reply));
  }

  private static String refusal(Reply reply) {
    return "the edge answered %d: %s"
        .formatted(
            reply.status().value(),
            Objects.requireNonNullElse(reply.answer().error(), "without a reason"));
  }

  private Mono<Reply> exchange(HttpMethod method, ServiceId service, String body) {
    URI target =
        URI.create(url.toString().replaceAll("/$", "") + "/services/" + service + "/route");
    Request request =
        new Request(
            keyId,
            clock.instant().getEpochSecond(),
            UUID.randomUUID().toString(),
            method.name(),
            target.getPath(),
            "",
            body);
    WebClient.RequestBodySpec spec =
        client
            .method(method)
            .uri(target)
            .headers(headers -> sign(headers, request))
            .contentType(MediaType.APPLICATION_JSON);
    return (body.isEmpty() ? spec : spec.bodyValue(body.getBytes(UTF_8)))
        .exchangeToMono(response ->
            response
                .bodyToMono(byte[].class)
                .defaultIfEmpty(new byte[0])
                .map(answer ->
                    reply(
                        response.statusCode(),
                        response.headers().asHttpHeaders(),
                        request,
                        new String(answer, UTF_8))))
        .timeout(timeout);
  }

  private void sign(HttpHeaders headers, Request request) {
    headers.set(WebhookSignature.KEY_ID_HEADER, request.keyId());
    headers.set(WebhookSignature.TIMESTAMP_HEADER, Long.toString(request.timestamp()));
    headers.set(WebhookSignature.NONCE_HEADER, request.nonce());
    headers.set(WebhookSignature.SIGNATURE_HEADER, signature.sign(request));
  }

  /** Only a signed answer is believed; an unsigned error is passed on as such. */
  private Reply reply(HttpStatusCode status, HttpHeaders headers, Request request, String body) {
    boolean believed =
        status.isSameCodeAs(HttpStatus.OK) || status.isSameCodeAs(HttpStatus.CONFLICT);
    if (believed && !isSigned(status, headers, request, body)) {
      throw new UntrustedAnswerException();
    }
    try {
      return new Reply(status, EventJson.mapper().readValue(body, Answer.class));
    } catch (JacksonException e) {
      if (believed) {
        throw e;
      }
      return new Reply(status, new Answer(null, null, null, null, null));
    }
  }

  private boolean isSigned(
      HttpStatusCode status, HttpHeaders headers, Request request, String body) {
    String answerKey = headers.getFirst(WebhookSignature.KEY_ID_HEADER);
    String given = headers.getFirst(WebhookSignature.SIGNATURE_HEADER);
    return answerKey != null
        && given != null
        && signature.verifyAnswer(answerKey, request.nonce(), status.value(), body, given);
  }

  /** The answer was not signed with a key of ours: somebody else may have sent it. */
  private static final class UntrustedAnswerException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    UntrustedAnswerException() {
      super("the edge's answer is not signed with a key known here");
    }
  }

  private String sentence(Throwable failure) {
    if (failure instanceof TimeoutException) {
      return "no answer from the edge within %d ms".formatted(timeout.toMillis());
    }
    if (failure instanceof JacksonException json) {
      return "the edge's answer can't be read: " + json.getOriginalMessage();
    }
    Throwable root = failure;
    while (root.getCause() != null) {
      root = root.getCause();
    }
    return Objects.requireNonNullElseGet(root.getMessage(), root::toString);
  }
}
