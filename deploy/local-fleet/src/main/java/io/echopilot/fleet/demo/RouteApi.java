package io.echopilot.fleet.demo;

import io.echopilot.events.DecisionId;
import io.echopilot.events.Epoch;
import io.echopilot.events.EventJson;
import io.echopilot.events.Route;
import io.echopilot.events.ServiceId;
import io.echopilot.events.SiteId;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.reactivestreams.Publisher;
import reactor.core.publisher.Mono;
import reactor.netty.http.server.HttpServerRequest;
import reactor.netty.http.server.HttpServerResponse;
import reactor.netty.http.server.HttpServerRoutes;
import tools.jackson.core.JacksonException;

/** The webhook contract. Every answer to a genuine request is signed. */
final class RouteApi {
  private static final String PATH = "/services/{service}/route";

  private final RouteTable routes;
  private final Signatures signatures;
  private final Barrier barrier;
  private final WriteLog log;

  RouteApi(RouteTable routes, Signatures signatures, Barrier barrier, WriteLog log) {
    this.routes = routes;
    this.signatures = signatures;
    this.barrier = barrier;
    this.log = log;
  }

  private record RouteView(
      String service,
      @Nullable SiteId site,
      Epoch epoch,
      @Nullable DecisionId decisionId,
      @Nullable Boolean applied) {}

  private record Conflict(String error, Route current) {}

  void register(HttpServerRoutes server) {
    server.get(PATH, this::get).put(PATH, this::put);
  }

  private Publisher<Void> get(HttpServerRequest request, HttpServerResponse response) {
    return switch (signatures.check(request, "")) {
      case Signatures.Sender.Unknown(String reason) ->
          Answers.send(response, Answer.error(401, reason));
      case Signatures.Sender.Genuine sender -> send(response, sender, read(service(request)));
    };
  }

  private Publisher<Void> put(HttpServerRequest request, HttpServerResponse response) {
    return request
        .receive()
        .aggregate()
        .asString()
        .defaultIfEmpty("")
        .flatMap(body -> put(request, body, response));
  }

  private Mono<Void> put(HttpServerRequest request, String body, HttpServerResponse response) {
    String service = service(request);
    return switch (signatures.check(request, body)) {
      case Signatures.Sender.Unknown(String reason) -> {
        log.refused(service, reason);
        yield Answers.send(response, Answer.error(401, reason));
      }
      case Signatures.Sender.Genuine sender ->
          write(service, body).flatMap(answer -> send(response, sender, answer));
    };
  }

  private Mono<Void> send(
      HttpServerResponse response, Signatures.Sender.Genuine sender, Answer answer) {
    signatures.sign(response, sender, answer);
    return Answers.send(response, answer);
  }

  private Answer read(String service) {
    return current(service)
        .map(route -> Answer.json(200, view(service, route, null)))
        .orElseGet(() -> unknown(service));
  }

  private Optional<Route> current(String service) {
    try {
      return routes.current(new ServiceId(service));
    } catch (IllegalArgumentException _) {
      return Optional.empty();
    }
  }

  private Mono<Answer> write(String service, String body) {
    RouteWrite write;
    try {
      write = EventJson.mapper().readValue(body, RouteWrite.class);
    } catch (JacksonException e) {
      return bad(service, e.getOriginalMessage() + place(e));
    }
    if (write == null || !write.service().value().equals(service)) {
      return bad(service, "service must be the one in the path, " + service);
    }
    // Evaluated even when the sender hangs up: the order was given and may have been acted on.
    return Mono.fromFuture(barrier.pass(write, () -> evaluate(write)), true);
  }

  private Mono<Answer> bad(String service, String reason) {
    log.refused(service, reason);
    return Mono.just(Answer.error(400, reason));
  }

  private Answer evaluate(RouteWrite write) {
    String service = write.service().value();
    return routes
        .write(write)
        .map(outcome ->
            switch (outcome) {
              case WriteOutcome.Applied(Route route) ->
                  Answer.json(200, view(service, route, true));
              case WriteOutcome.Repeated(Route route) ->
                  Answer.json(200, view(service, route, false));
              case WriteOutcome.Refused(Route current, String reason) ->
                  Answer.json(409, new Conflict(reason, current));
              case WriteOutcome.UnknownSite(Route _, String reason) -> Answer.error(422, reason);
            })
        .orElseGet(() -> unknown(service));
  }

  private static RouteView view(String service, Route route, @Nullable Boolean applied) {
    return new RouteView(service, route.site(), route.epoch(), route.decisionId(), applied);
  }

  private static Answer unknown(String service) {
    return Answer.error(404, "service %s is not known here".formatted(service));
  }

  private static String service(HttpServerRequest request) {
    String service = request.param("service");
    return service == null ? "" : service;
  }

  private static String place(JacksonException e) {
    return e.getPath().isEmpty()
        ? " (line %d, column %d)"
            .formatted(e.getLocation().getLineNr(), e.getLocation().getColumnNr())
        : " at " + e.getPathReference();
  }
}
