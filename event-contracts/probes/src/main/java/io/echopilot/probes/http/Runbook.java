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
      case "/healthz/strict" -> strict();
      default -> HttpCheck.of(path, OK, Map.of());
    };
  }

  /** Status, and each dependency that the document names. */
  private static HttpCheck health() {
    Map<String, Object> json =
        Map.of("$.status", Map.of("oneOf", List.of("ok", "OK", "up", "UP", "healthy", "pass")));
    Expect expect =
        new Expect(List.of(StatusRange.of(OK)), null, json, null, null, null, "$.dependencies");
    return check("/health", expect);
  }

  /** By what is left of error budgets, as a prober answers it too. */
  private static HttpCheck strict() {
    Map<Integer, String> meanings =
        Map.of(500, "80 % of an error budget is used", 503, "there is no data on error budgets");
    return check(
        "/healthz/strict",
        new Expect(List.of(StatusRange.of(OK)), meanings, null, null, null, null, null));
  }

  private static HttpCheck check(String path, Expect expect) {
    return new HttpCheck(
        path, OK, Map.of(), expect, null, null, null, null, null, null, null, null);
  }
}
