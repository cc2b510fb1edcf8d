package io.echopilot.fleet.demo;

import io.echopilot.events.webhook.WebhookSignature;
import io.netty.handler.codec.http.HttpHeaders;
import java.time.Clock;
import java.util.Map;
import java.util.regex.Pattern;
import reactor.netty.http.server.HttpServerRequest;
import reactor.netty.http.server.HttpServerResponse;

/**
 * Who may order the edge about. A nonce that comes again is let through: a repeated PUT changes
 * nothing by the rule of epochs, and a repeated GET shows what its sender was shown before.
 */
final class Signatures {
  private static final Pattern SECONDS = Pattern.compile("\\d{1,15}");

  private final WebhookSignature keys;
  private final Clock clock;

  Signatures(Map<String, byte[]> keys, Clock clock) {
    this.keys = new WebhookSignature(keys);
    this.clock = clock;
  }

  /** Whether a request is from one who holds a key. */
  sealed interface Sender {
    record Genuine(String keyId, String nonce) implements Sender {}

    record Unknown(String reason) implements Sender {}
  }

  Sender check(HttpServerRequest request, String body) {
    HttpHeaders headers = request.requestHeaders();
    String keyId = headers.get(WebhookSignature.KEY_ID_HEADER);
    String timestamp = headers.get(WebhookSignature.TIMESTAMP_HEADER);
    String nonce = headers.get(WebhookSignature.NONCE_HEADER);
    String signature = headers.get(WebhookSignature.SIGNATURE_HEADER);
    if (keyId == null || timestamp == null || nonce == null || signature == null) {
      return new Sender.Unknown("the request is not signed");
    }
    if (!SECONDS.matcher(timestamp).matches()) {
      return new Sender.Unknown(
          WebhookSignature.TIMESTAMP_HEADER + " must be seconds since 1970-01-01T00:00Z");
    }
    String[] target = request.uri().split("\\?", 2);
    WebhookSignature.Verdict verdict =
        keys.verify(
            new WebhookSignature.Request(
                keyId,
                Long.parseLong(timestamp),
                nonce,
                request.method().name(),
                target[0],
                target.length == 2 ? target[1] : "",
                body),
            signature,
            clock.instant());
    return switch (verdict) {
      case VALID -> new Sender.Genuine(keyId, nonce);
      case UNKNOWN_KEY, SKEWED, FORGED -> new Sender.Unknown(verdict.reason());
    };
  }

  /** Binds the answer to the request, so that an old answer can't be passed off as a new one. */
  void sign(HttpServerResponse response, Sender.Genuine sender, Answer answer) {
    response
        .header(WebhookSignature.KEY_ID_HEADER, sender.keyId())
        .header(WebhookSignature.NONCE_HEADER, sender.nonce())
        .header(
            WebhookSignature.SIGNATURE_HEADER,
            keys.signAnswer(sender.keyId(), sender.nonce(), answer.status(), answer.body()));
  }
}
