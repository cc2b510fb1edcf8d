package io.echopilot.fleet.demo;

import io.echopilot.events.Route;
import io.echopilot.events.ServiceId;
import io.echopilot.events.SiteId;
import io.netty.channel.ChannelOption;
import io.netty.channel.ConnectTimeoutException;
import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpHeaders;
import io.netty.handler.timeout.ReadTimeoutException;
import java.io.IOException;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.reactivestreams.Publisher;
import reactor.core.publisher.Mono;
import reactor.netty.ByteBufFlux;
import reactor.netty.http.client.HttpClient;
import reactor.netty.http.client.HttpClientResponse;
import reactor.netty.http.server.HttpServer;
import reactor.netty.http.server.HttpServerRequest;
import reactor.netty.http.server.HttpServerResponse;
import reactor.netty.resources.ConnectionProvider;

/**
 * Where a service's users come in: each request goes to the site that the route names just then.
 */
final class EdgeProxy implements AutoCloseable {
  static final Duration TIMEOUT = Duration.ofSeconds(5);

  /** Meant for one hop only: RFC 9110, section 7.6.1. */
  private static final List<CharSequence> HOP_BY_HOP =
      List.of(
          HttpHeaderNames.CONNECTION,
          "keep-alive",
          HttpHeaderNames.PROXY_AUTHENTICATE,
          HttpHeaderNames.PROXY_AUTHORIZATION,
          HttpHeaderNames.TE,
          HttpHeaderNames.TRAILER,
          HttpHeaderNames.TRANSFER_ENCODING,
          HttpHeaderNames.UPGRADE);

  private final ServiceId service;
  private final Map<SiteId, URI> sites;
  private final RouteTable routes;
  private final Listener listener;

  // A connection kept for later may lead to a site that has died since; a new one costs 0.1 ms
  // here.
  private final HttpClient upstream =
      HttpClient.create(ConnectionProvider.newConnection())
          .option(ChannelOption.CONNECT_TIMEOUT_MILLIS, (int) TIMEOUT.toMillis())
          .responseTimeout(TIMEOUT);

  EdgeProxy(ServiceId service, int port, Map<SiteId, URI> sites, RouteTable routes) {
    this.service = service;
    this.sites = sites;
    this.routes = routes;
    listener =
        new Listener(connections ->
            HttpServer.create()
                .host(Demo.LOOPBACK)
                .port(port)
                .channelGroup(connections)
                .handle(this::forward)
                .bindNow());
    listener.open();
  }

  @Override
  public void close() {
    listener.close();
  }

  private Publisher<Void> forward(HttpServerRequest request, HttpServerResponse response) {
    SiteId site = routes.current(service).map(Route::site).orElse(null);
    URI address = site == null ? null : sites.get(site);
    if (site == null || address == null) {
      return Answers.send(response, Answer.error(502, service + " has no route"));
    }
    if (!request.uri().startsWith("/")) {
      return Answers.send(response, Answer.error(400, "the request must name a path"));
    }
    return upstream
        .headers(headers -> copy(request.requestHeaders(), headers))
        .request(request.method())
        .uri(address + request.uri())
        .send((_, out) -> hasBody(request) ? out.send(request.receive().retain()) : out)
        .response((answer, body) -> back(answer, body, response))
        .onErrorResume(IOException.class, cause -> failed(response, site, cause))
        .onErrorResume(ReadTimeoutException.class, cause -> failed(response, site, cause))
        .then();
  }

  private static Publisher<Void> back(
      HttpClientResponse answer, ByteBufFlux body, HttpServerResponse response) {
    response.status(answer.status());
    copy(answer.responseHeaders(), response.responseHeaders());
    return response.send(body.retain());
  }

  private Mono<Void> failed(HttpServerResponse response, SiteId site, Exception cause) {
    if (response.hasSentHeaders()) {
      return Mono.error(cause);
    }
    boolean late =
        cause instanceof ReadTimeoutException || cause instanceof ConnectTimeoutException;
    return Answers.send(
        response,
        late
            ? error(504, site, "does not answer within " + TIMEOUT.toSeconds() + " s")
            : error(502, site, "refuses"));
  }

  private Answer error(int status, SiteId site, String what) {
    return Answer.json(
        status,
        Map.of("error", "site %s %s".formatted(site, what), "service", service, "site", site));
  }

  private static boolean hasBody(HttpServerRequest request) {
    HttpHeaders headers = request.requestHeaders();
    return headers.contains(HttpHeaderNames.CONTENT_LENGTH)
        || headers.contains(HttpHeaderNames.TRANSFER_ENCODING);
  }

  private static void copy(HttpHeaders from, HttpHeaders to) {
    to.set(from);
    from.getAll(HttpHeaderNames.CONNECTION).stream()
        .flatMap(names -> List.of(names.split(",", -1)).stream())
        .map(String::strip)
        .filter(name -> !name.isEmpty())
        .forEach(to::remove);
    HOP_BY_HOP.forEach(to::remove);
  }
}
