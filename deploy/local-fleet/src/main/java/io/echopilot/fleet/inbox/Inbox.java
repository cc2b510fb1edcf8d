package io.echopilot.fleet.inbox;

import io.echopilot.events.EventJson;
import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.QueryStringDecoder;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.reactivestreams.Publisher;
import reactor.core.publisher.Mono;
import reactor.netty.DisposableServer;
import reactor.netty.http.server.HttpServer;
import reactor.netty.http.server.HttpServerRequest;
import reactor.netty.http.server.HttpServerResponse;
import reactor.netty.http.server.HttpServerRoutes;

/**
 * The inbox on one port: {@code /bot…} is Telegram's, {@code /slack/api/…} is Slack's, {@code GET
 * /} is for people and {@code GET /api/messages} for programs. {@code POST /inbox/fail}, {@code
 * hold} and {@code release} make trouble.
 */
public final class Inbox implements AutoCloseable {
  private static final String LOOPBACK = "127.0.0.1";

  private final Mailbox mailbox;
  private final TelegramApi telegram;
  private final SlackApi slack;
  private final Map<String, Trouble> troubles =
      Map.of("telegram", new Trouble(), "slack", new Trouble());
  private final DisposableServer server;

  private Inbox(int port, Path messages, String telegramToken, String slackToken, Clock clock) {
    mailbox = new Mailbox(clock, new MailFile(messages));
    telegram = new TelegramApi(mailbox, telegramToken);
    slack = new SlackApi(mailbox, slackToken);
    server = HttpServer.create().host(LOOPBACK).port(port).route(this::routes).bindNow();
  }

  /**
   * Listens.
   *
   * @param port 0 for any
   * @param messages file in which they outlive the inbox
   */
  public static Inbox start(
      int port, Path messages, String telegramToken, String slackToken, Clock clock) {
    return new Inbox(port, messages, telegramToken, slackToken, clock);
  }

  /** Listens, with tokens from files. */
  public static Inbox start(InboxConfig config, Clock clock) {
    return start(
        config.port(),
        config.messages(),
        token(config.telegramToken()),
        token(config.slackToken()),
        clock);
  }

  private static String token(Path file) {
    try {
      return Files.readString(file).strip();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  public int port() {
    return server.port();
  }

  /** Newest first. */
  public List<InboxMessage> messages() {
    return mailbox.all();
  }

  /** The next requests to a channel fail with this status. */
  public void fail(String channel, int status, @Nullable Integer retryAfter, int count) {
    trouble(channel).fail(new Trouble.Failure(status, retryAfter), count);
  }

  /** Messages to a channel take effect from now on, but their answers wait. */
  public void hold(String channel) {
    trouble(channel).hold();
  }

  /** Answers that wait. */
  public int waiting(String channel) {
    return trouble(channel).waiting();
  }

  public void release(String channel) {
    trouble(channel).release();
  }

  @Override
  public void close() {
    server.disposeNow();
  }

  private void routes(HttpServerRoutes routes) {
    routes
        .get("/", (_, response) -> page(response))
        .get("/api/messages", (_, response) -> json(response, messages()))
        .post("/inbox/{order}", this::order)
        .post("/slack/api/{method}", this::slack)
        .post("/{bot}/{method}", this::telegram);
  }

  private Publisher<Void> telegram(HttpServerRequest request, HttpServerResponse response) {
    String bot = String.valueOf(request.param("bot"));
    String method = String.valueOf(request.param("method"));
    return answer(
        "telegram",
        request,
        response,
        TelegramApi::failure,
        true,
        body -> telegram.call(bot, method, body));
  }

  private Publisher<Void> slack(HttpServerRequest request, HttpServerResponse response) {
    String authorization = request.requestHeaders().get(HttpHeaderNames.AUTHORIZATION);
    String method = String.valueOf(request.param("method"));
    return answer(
        "slack",
        request,
        response,
        SlackApi::failure,
        method.startsWith("chat."),
        body -> slack.call(authorization, method, body));
  }

  private Mono<Void> answer(
      String channel,
      HttpServerRequest request,
      HttpServerResponse response,
      Function<Trouble.Failure, Reply> failure,
      boolean hasEffect,
      Function<String, Reply> call) {
    Trouble trouble = trouble(channel);
    return request
        .receive()
        .aggregate()
        .asString()
        .defaultIfEmpty("")
        .flatMap(body -> {
          Optional<Trouble.Failure> refused = trouble.next();
          Reply reply = refused.map(failure).orElseGet(() -> call.apply(body));
          Mono<Void> gate = hasEffect ? trouble.gate() : Mono.empty();
          return gate.then(reply.send(response));
        });
  }

  /** {@code POST /inbox/fail?channel=slack&status=429&retryAfter=20&count=1}. */
  private Publisher<Void> order(HttpServerRequest request, HttpServerResponse response) {
    Map<String, List<String>> query = new QueryStringDecoder(request.uri()).parameters();
    Function<String, @Nullable String> given =
        name -> query.containsKey(name) ? query.get(name).getFirst() : null;
    String channel = given.apply("channel");
    if (channel == null || !troubles.containsKey(channel)) {
      return json(response.status(400), Map.of("error", "channel must be slack or telegram"));
    }
    switch (String.valueOf(request.param("order"))) {
      case "fail" -> {
        String retryAfter = given.apply("retryAfter");
        fail(
            channel,
            Integer.parseInt(Optional.ofNullable(given.apply("status")).orElse("500")),
            retryAfter == null ? null : Integer.valueOf(retryAfter),
            Integer.parseInt(Optional.ofNullable(given.apply("count")).orElse("1")));
      }
      case "hold" -> hold(channel);
      case "release" -> release(channel);
      default -> {
        return json(response.status(404), Map.of("error", "known are fail, hold and release"));
      }
    }
    return json(response, Map.of("waiting", waiting(channel)));
  }

  private Trouble trouble(String channel) {
    Trouble trouble = troubles.get(channel);
    if (trouble == null) {
      throw new IllegalArgumentException("channel must be slack or telegram, but is " + channel);
    }
    return trouble;
  }

  private Publisher<Void> page(HttpServerResponse response) {
    return response
        .header(HttpHeaderNames.CONTENT_TYPE, "text/html; charset=utf-8")
        .sendString(Mono.just(InboxPage.of(messages())));
  }

  private static Publisher<Void> json(HttpServerResponse response, Object body) {
    return response
        .header(HttpHeaderNames.CONTENT_TYPE, "application/json")
        .sendString(Mono.just(EventJson.mapper().writeValueAsString(body)));
  }
}
