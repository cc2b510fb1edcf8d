package io.echopilot.failover.traffic;

import io.echopilot.events.webhook.WebhookSignature;
import java.net.URI;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;
import org.reactivestreams.Publisher;
import reactor.core.publisher.Mono;
import reactor.netty.DisposableServer;
import reactor.netty.http.server.HttpServer;
import reactor.netty.http.server.HttpServerRequest;
import reactor.netty.http.server.HttpServerResponse;

/** An edge that answers whatever a test wants it to answer. */
final class FakeEdge implements AutoCloseable {
  private final DisposableServer server;
  private final AtomicReference<Reply> reply = new AtomicReference<>(new Reply(200, "{}", null));
  private final AtomicReference<String> path = new AtomicReference<>("");

  /**
   * What it answers.
   *
   * @param signer null when the answer is not signed
   */
  record Reply(int status, String body, @Nullable Signer signer) {}

  /** Signs with this key, and for this nonce instead of the request's if it is given. */
  record Signer(String keyId, WebhookSignature keys, @Nullable String nonce) {}

  FakeEdge() {
    server = HttpServer.create().host("127.0.0.1").port(0).handle(this::answer).bindNow();
  }

  URI url() {
    return URI.create("http://127.0.0.1:" + server.port());
  }

  void answers(int status, String body, @Nullable Signer signer) {
    reply.set(new Reply(status, body, signer));
  }

  /** The path of the last request, as it was on the wire. */
  String path() {
    return path.get();
  }

  private Publisher<Void> answer(HttpServerRequest request, HttpServerResponse response) {
    path.set(request.uri());
    Reply now = reply.get();
    response.status(now.status());
    Signer signer = now.signer();
    if (signer != null) {
      String asked = request.requestHeaders().get(WebhookSignature.NONCE_HEADER);
      String nonce = signer.nonce() == null ? asked : signer.nonce();
      response
          .header(WebhookSignature.KEY_ID_HEADER, signer.keyId())
          .header(
              WebhookSignature.SIGNATURE_HEADER,
              signer.keys().signAnswer(signer.keyId(), nonce, now.status(), now.body()));
    }
    return response.sendString(Mono.just(now.body()));
  }

  @Override
  public void close() {
    server.disposeNow();
  }
}
