package io.echopilot.fleet.demo;

import io.echopilot.events.SiteId;
import io.netty.channel.group.ChannelGroup;
import java.time.Duration;
import java.util.Map;
import org.reactivestreams.Publisher;
import reactor.core.publisher.Mono;
import reactor.netty.DisposableServer;
import reactor.netty.http.server.HttpServer;
import reactor.netty.http.server.HttpServerRequest;
import reactor.netty.http.server.HttpServerResponse;

/** A site that serves users as long as it is let. */
final class DemoSite implements Breakable {
  static final Duration SLOW = Duration.ofSeconds(30);

  private final SiteId id;
  private final int port;
  private final Listener listener = new Listener(this::bind);
  private volatile SiteMode mode = SiteMode.OK;

  DemoSite(SiteId id, int port) {
    this.id = id;
    this.port = port;
    listener.open();
  }

  @Override
  public SiteMode mode() {
    return mode;
  }

  @Override
  public void mode(SiteMode next) {
    mode = next;
    switch (next) {
      case OK, SLOW, ERROR -> listener.open();
      case REFUSE -> listener.close();
    }
  }

  @Override
  public void close() {
    listener.close();
  }

  private DisposableServer bind(ChannelGroup connections) {
    return HttpServer.create()
        .host(Demo.LOOPBACK)
        .port(port)
        .channelGroup(connections)
        .handle(this::serve)
        .bindNow();
  }

  private Publisher<Void> serve(HttpServerRequest request, HttpServerResponse response) {
    Mono<Answer> answer =
        switch (mode) {
          case OK, REFUSE -> Mono.just(answer(200, "ok", request));
          case SLOW -> Mono.just(answer(200, "ok", request)).delayElement(SLOW);
          case ERROR -> Mono.just(answer(500, "error", request));
        };
    return answer.flatMap(ready -> Answers.send(response, ready));
  }

  private Answer answer(int status, String text, HttpServerRequest request) {
    return Answer.json(status, Map.of("status", text, "site", id, "path", "/" + request.path()));
  }
}
