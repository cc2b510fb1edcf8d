package io.echopilot.fleet.demo;

import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpHeaderValues;
import reactor.core.publisher.Mono;
import reactor.netty.http.server.HttpServerResponse;

/** How an {@link Answer} leaves. */
final class Answers {
  private Answers() {}

  static Mono<Void> send(HttpServerResponse response, Answer answer) {
    return response
        .status(answer.status())
        .header(HttpHeaderNames.CONTENT_TYPE, HttpHeaderValues.APPLICATION_JSON)
        .sendString(Mono.just(answer.body()))
        .then();
  }
}
