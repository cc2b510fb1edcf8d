package io.echopilot.probes.http;

import java.util.List;
import java.util.Map;

/** The runbook's two addresses in their short form; any other path is asked for and no more. */
final class Runbook {
  private static final int OK = 200;

  private Runbook() {}

  static HttpCheck check(String path) {
    return switch (path) {
      case "/health" -> health();
      default -> HttpCheck.of(path, OK, Map.of());
    };
  }

  /** Status, and each dependency that the document names. */
  private static HttpCheck health() {
    Map<String, Object> json =
        Map.of("$.status", Map.of("oneOf", List.of("ok", "OK", "up", "UP", "healthy", "pass")));
    Expect expect =
        new Expect(List.of(StatusRange.of(OK)), json, null, null, null, "$.dependencies");
    return new HttpCheck(
        "/health", OK, Map.of(), expect, null, null, null, null, null, null, null, null);
  }
}
