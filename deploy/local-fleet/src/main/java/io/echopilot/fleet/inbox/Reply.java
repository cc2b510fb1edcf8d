package io.echopilot.fleet.inbox;

import io.echopilot.events.EventJson;
import io.netty.handler.codec.http.HttpHeaderNames;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Mono;
import reactor.netty.http.server.HttpServerResponse;

/**
 * What an API answers.
 *
 * @param retryAfter seconds for the header of that name; null for none
 */
record Reply(int status, Map<String, Object> body, @Nullable Integer retryAfter) {
  static Reply ok(Map<String, Object> body) {
    return new Reply(200, body, null);
  }

  static Map<String, Object> map(Object... keysAndValues) {
    Map<String, Object> map = new LinkedHashMap<>();
    for (int i = 0; i < keysAndValues.length; i += 2) {
      map.put((String) keysAndValues[i], keysAndValues[i + 1]);
    }
    return map;
  }

  Mono<Void> send(HttpServerResponse response) {
    response.status(status).header(HttpHeaderNames.CONTENT_TYPE, "application/json");
    if (retryAfter != null) {
      response.header(HttpHeaderNames.RETRY_AFTER, retryAfter.toString());
    }
    return response.sendString(Mono.just(EventJson.mapper().writeValueAsString(body))).then();
  }
}
