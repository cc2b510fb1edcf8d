package io.echopilot.benchmarks;

import io.echopilot.events.EventJson;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.function.Predicate;
import java.util.stream.StreamSupport;
import tools.jackson.databind.JsonNode;

/** Looks, every five milliseconds, at what the inbox got on a channel. */
record Letterbox(int port, String channel) {
  private static final long STEP = Duration.ofMillis(5).toNanos();
  private static final Duration PATIENCE = Duration.ofSeconds(60);

  int count() {
    return texts().size();
  }

  /** Milliseconds from {@code since} until there are more messages than before. */
  double awaitMore(int before, long since) {
    return await(texts -> texts.size() > before, since);
  }

  /** Until the newest message, if there is one, says that its incident is over. */
  void awaitResolved() {
    var _ =
        await(texts -> texts.isEmpty() || texts.getFirst().contains("resolved"), System.nanoTime());
  }

  private double await(Predicate<List<String>> fits, long since) {
    long deadline = System.nanoTime() + PATIENCE.toNanos();
    for (long next = System.nanoTime(); next < deadline; next += STEP) {
      Pauses.until(next);
      if (fits.test(texts())) {
        return (System.nanoTime() - since) / 1e6;
      }
      next = Math.max(next, System.nanoTime() - STEP);
    }
    throw new IllegalStateException("%s got nothing within %s".formatted(channel, PATIENCE));
  }

  /** Newest first. */
  private List<String> texts() {
    URI uri = URI.create("http://127.0.0.1:%d/api/messages".formatted(port));
    try (var body = uri.toURL().openStream()) {
      JsonNode all = EventJson.mapper().readTree(body);
      return StreamSupport.stream(all.spliterator(), false)
          .filter(message -> message.path("channel").asString().equals(channel))
          .map(message -> message.path("text").asString())
          .toList();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
