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
import org.springframework.core.NestedExceptionUtils;
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
  private static final int LONGEST_REASON = 200;
  private static final Answer NOTHING = new Answer(null, null, null, null, null);

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
        .map(reply -> outcome(order, reply))
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

  private static Outcome outcome(Order order, Reply reply) {
    Answer answer = reply.answer();
    if (reply.status().isSameCodeAs(HttpStatus.OK)) {
      Route ordered = new Route(order.site(), order.epoch(), order.decisionId());
      return answer.route().equals(ordered)
          ? new Outcome.Applied()
          : new Outcome.Errored(
              "the edge answered 200 with another route: %s under epoch %s"
                  .formatted(answer.route().site(), answer.route().epoch()));
    }
    if (reply.status().isSameCodeAs(HttpStatus.CONFLICT) && answer.current() != null) {
      return new Outcome.Refused(
          answer.current().route(),
          shortened(Objects.requireNonNullElse(answer.error(), "the edge has another route")));
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
            shortened(Objects.requireNonNullElse(reply.answer().error(), "without a reason")));
  }

  /** The reason goes into events and logs, and nobody has vouched for it. */
  private static String shortened(String reason) {
    return reason.length() <= LONGEST_REASON ? reason : reason.substring(0, LONGEST_REASON) + "…";
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
            target.getRawPath(),
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
      throw new BadAnswerException("the edge's answer is not signed with a key known here");
    }
    try {
      Answer answer = EventJson.mapper().readValue(body, Answer.class);
      if (answer != null) {
        return new Reply(status, answer);
      }
    } catch (JacksonException e) {
      if (believed) {
        throw new BadAnswerException("the edge's answer can't be read: " + e.getOriginalMessage());
      }
    }
    if (believed) {
      throw new BadAnswerException("the edge's answer can't be read: it is the JSON literal null");
    }
    return new Reply(status, NOTHING);
  }

  private boolean isSigned(
      HttpStatusCode status, HttpHeaders headers, Request request, String body) {
    String answerKey = headers.getFirst(WebhookSignature.KEY_ID_HEADER);
    String given = headers.getFirst(WebhookSignature.SIGNATURE_HEADER);
    return answerKey != null
        && given != null
        && signature.verifyAnswer(answerKey, request.nonce(), status.value(), body, given);
  }

  /** The answer is not the edge's, or says nothing that the contract knows. */
  private static final class BadAnswerException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    BadAnswerException(String reason) {
      super(reason);
    }
  }

  private String sentence(Throwable failure) {
    if (failure instanceof TimeoutException) {
      return "no answer from the edge within %d ms".formatted(timeout.toMillis());
    }
    Throwable root = NestedExceptionUtils.getMostSpecificCause(failure);
    return Objects.requireNonNullElseGet(root.getMessage(), root::toString);
  }
}
