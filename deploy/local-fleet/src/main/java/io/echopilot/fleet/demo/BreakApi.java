package io.echopilot.fleet.demo;

import io.echopilot.events.EventJson;
import io.netty.handler.codec.http.QueryStringDecoder;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import org.jspecify.annotations.Nullable;
import org.reactivestreams.Publisher;
import reactor.core.publisher.Mono;
import reactor.netty.http.server.HttpServerRequest;
import reactor.netty.http.server.HttpServerResponse;
import reactor.netty.http.server.HttpServerRoutes;
import tools.jackson.databind.JsonNode;

/**
 * For the demo and for tests only, unsigned and on loopback: breaks and heals sites, holds writes
 * at the {@link Barrier}, shows the write log. No edge of your own needs any of it.
 */
final class BreakApi {
  private static final Answer COUNT_IS_NO_NUMBER =
      Answer.error(400, "count must be a whole number");

  private final Map<String, Breakable> sites;
  private final Barrier barrier;
  private final WriteLog log;
  private final Executor worker;

  BreakApi(Map<String, Breakable> sites, Barrier barrier, WriteLog log, Executor worker) {
    this.sites = sites;
    this.barrier = barrier;
    this.log = log;
    this.worker = worker;
  }

  void register(HttpServerRoutes server) {
    server
        .get("/demo/sites", (_, response) -> Answers.send(response, modes()))
        .put("/demo/sites/{site}/mode", this::setMode)
        .get("/demo/writes", (_, response) -> Answers.send(response, writes()))
        .get("/demo/held", (_, response) -> Answers.send(response, held()))
        .post("/demo/hold", (request, response) -> Answers.send(response, hold(request)))
        .post("/demo/release", this::release);
  }

  private Answer modes() {
    Map<String, SiteMode> modes = new LinkedHashMap<>();
    sites.forEach((name, site) -> modes.put(name, site.mode()));
    return Answer.json(200, modes);
  }

  private Publisher<Void> setMode(HttpServerRequest request, HttpServerResponse response) {
    return request
        .receive()
        .aggregate()
        .asString()
        .defaultIfEmpty("")
        .flatMap(mode ->
            Mono.fromFuture(
                CompletableFuture.supplyAsync(
                    () -> setMode(request.param("site"), mode.strip()), worker)))
        .flatMap(answer -> Answers.send(response, answer));
  }

  private Answer setMode(@Nullable String name, String mode) {
    Breakable site = name == null ? null : sites.get(name);
    if (site == null) {
      return Answer.error(404, "site must be one of " + String.join(", ", sites.keySet()));
    }
    try {
      site.mode(SiteMode.of(mode));
      return modes();
    } catch (IllegalArgumentException e) {
      return Answer.error(400, String.valueOf(e.getMessage()));
    }
  }

  private Answer writes() {
    List<JsonNode> lines =
        log.lines().stream().map(line -> EventJson.mapper().readTree(line)).toList();
    return Answer.json(200, lines);
  }

  private Answer held() {
    List<Barrier.Waiting> waiting = barrier.waiting();
    return Answer.json(200, Map.of("count", waiting.size(), "held", waiting));
  }

  private Answer hold(HttpServerRequest request) {
    try {
      barrier.hold(count(request).orElse(Integer.MAX_VALUE));
      return held();
    } catch (NumberFormatException _) {
      return COUNT_IS_NO_NUMBER;
    }
  }

  private static Optional<Integer> count(HttpServerRequest request) {
    return Optional.ofNullable(new QueryStringDecoder(request.uri()).parameters().get("count"))
        .map(values -> Integer.parseUnsignedInt(values.getFirst()));
  }

  private Publisher<Void> release(HttpServerRequest request, HttpServerResponse response) {
    CompletableFuture<Integer> released;
    try {
      released = count(request).map(barrier::releaseOldest).orElseGet(barrier::releaseAll);
    } catch (NumberFormatException _) {
      return Answers.send(response, COUNT_IS_NO_NUMBER);
    }
    return Mono.fromFuture(released, true)
        .flatMap(done -> Answers.send(response, Answer.json(200, Map.of("released", done))));
  }
}
