package io.echopilot.benchmarks;

import java.io.IOException;
import java.net.HttpURLConnection;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;

/** Asks, every five milliseconds, who serves the users behind a port. */
record Serving(int port) {
  private static final long STEP = Duration.ofMillis(5).toNanos();
  private static final int TIMEOUT_MILLIS = 250;
  private static final Duration PATIENCE = Duration.ofSeconds(60);

  void await(String site) {
    await(site, System.nanoTime());
  }

  /** Milliseconds from {@code since} to the first answer of the site. */
  double await(String site, long since) {
    long deadline = System.nanoTime() + PATIENCE.toNanos();
    for (long next = System.nanoTime(); next < deadline; next += STEP) {
      Pauses.until(next);
      if (isServedBy(site)) {
        return (System.nanoTime() - since) / 1e6;
      }
      next = Math.max(next, System.nanoTime() - STEP);
    }
    throw new IllegalStateException(
        "port %d was not served by %s within %s".formatted(port, site, PATIENCE));
  }

  private boolean isServedBy(String site) {
    try {
      HttpURLConnection connection =
          (HttpURLConnection)
              URI.create("http://127.0.0.1:%d/health".formatted(port)).toURL().openConnection();
      connection.setConnectTimeout(TIMEOUT_MILLIS);
      connection.setReadTimeout(TIMEOUT_MILLIS);
      connection.setRequestProperty("Connection", "close");
      if (connection.getResponseCode() != HttpURLConnection.HTTP_OK) {
        connection.disconnect();
        return false;
      }
      try (var body = connection.getInputStream()) {
        return new String(body.readAllBytes(), StandardCharsets.UTF_8)
            .contains("\"site\":\"%s\"".formatted(site));
      }
    } catch (IOException e) {
      return false;
    }
  }
}
