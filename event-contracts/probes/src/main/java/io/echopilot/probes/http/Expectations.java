package io.echopilot.probes.http;

import com.jayway.jsonpath.JsonPath;
import io.echopilot.events.ProbeError;
import io.echopilot.events.ProbeError.Kind;
import io.echopilot.events.ProbeEvent.Part;
import io.echopilot.events.ProbeEvent.Part.State;
import io.echopilot.probes.Regex;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** What an answer must be, compiled once. Says of the first thing that is not so what is wrong. */
final class Expectations {
  private static final int MOST_SHOWN = 100;

  private final Expect expect;
  private final List<StatusRange> statuses;
  private final Map<JsonPath, Comparison> json = new LinkedHashMap<>();
  private final @Nullable JsonPath dependencies;

  Expectations(Expect expect) {
    this.expect = expect;
    this.statuses = Objects.requireNonNull(expect.status());
    sorted(expect)
        .forEach((path, written) -> json.put(JsonPath.compile(path), Comparison.of(path, written)));
    this.dependencies =
        expect.dependencies() == null ? null : JsonPath.compile(expect.dependencies());
  }

  /** Those on JSON that are a mere value. */
  static Map<String, Object> plain(Expect expect) {
    Map<String, Object> plain = new TreeMap<>(sorted(expect));
    plain.values().removeIf(written -> written instanceof Map<?, ?>);
    return plain;
  }

  private static Map<String, Object> sorted(Expect expect) {
    return new TreeMap<>(Objects.requireNonNullElse(expect.json(), Map.of()));
  }

  /** Bytes of the body that must be counted. */
  long bytes() {
    Expect.Size size = expect.size();
    if (size == null) {
      return 0;
    }
    long atMost = size.atMost() == null ? 0 : size.atMost() + 1;
    return Math.max(atMost, Objects.requireNonNullElse(size.atLeast(), 0L));
  }

  boolean readJson() {
    return !json.isEmpty() || dependencies != null;
  }

  List<Part> parts(JsonBody body) {
    return dependencies == null ? List.of() : HealthDocument.parts(body.at(dependencies));
  }

  Optional<ProbeError> unmet(Answer answer, JsonBody body, List<Part> parts) {
    Stream<Supplier<Optional<ProbeError>>> checks =
        Stream.of(
            () -> status(answer, parts),
            () -> headers(answer),
            () -> size(answer),
            () -> text(answer),
            () -> json(answer, body),
            () -> dependencies(parts));
    return checks.map(Supplier::get).flatMap(Optional::stream).findFirst();
  }

  private Optional<ProbeError> status(Answer answer, List<Part> parts) {
    if (statuses.stream().anyMatch(range -> range.contains(answer.status()))) {
      return Optional.empty();
    }
    String expected =
        statuses.stream().map(StatusRange::toString).collect(Collectors.joining(", "));
    String down = down(parts);
    return error(
        Kind.STATUS,
        "expected status %s, got %d%s%s"
            .formatted(
                expected,
                answer.status(),
                meaning(answer.status()),
                down.isEmpty() ? "" : "; " + down));
  }

  private String meaning(int status) {
    Map<Integer, String> meanings = expect.meanings();
    return meanings != null && meanings.containsKey(status) ? ": " + meanings.get(status) : "";
  }

  private Optional<ProbeError> headers(Answer answer) {
    for (Map.Entry<String, Regex> each :
        Objects.requireNonNullElse(expect.headers(), Map.<String, Regex>of()).entrySet()) {
      List<String> values = answer.headers().getAll(each.getKey());
      if (values.stream().noneMatch(value -> each.getValue().isIn(value))) {
        return error(
            Kind.HEADER,
            "expected header %s to be like %s, got %s"
                .formatted(
                    each.getKey(),
                    each.getValue(),
                    shown(values.isEmpty() ? null : String.join(", ", values))));
      }
    }
    return Optional.empty();
  }

  private Optional<ProbeError> size(Answer answer) {
    Expect.Size size = expect.size();
    if (size == null) {
      return Optional.empty();
    }
    if (size.atLeast() != null && answer.size() < size.atLeast()) {
      return error(
          Kind.BODY,
          "expected a body of at least %d bytes, got %d".formatted(size.atLeast(), answer.size()));
    }
    return size.atMost() != null && answer.size() > size.atMost()
        ? error(Kind.BODY, "expected a body of at most %d bytes, got more".formatted(size.atMost()))
        : Optional.empty();
  }

  private Optional<ProbeError> text(Answer answer) {
    Regex body = expect.body();
    return body == null || body.isIn(answer.body())
        ? Optional.empty()
        : error(
            Kind.BODY,
            "expected a body like %s, got %s"
                .formatted(body, shown(answer.body().isEmpty() ? null : answer.body())));
  }

  private Optional<ProbeError> json(Answer answer, JsonBody body) {
    if (!readJson()) {
      return Optional.empty();
    }
    if (!body.isJson()) {
      return error(
          Kind.BODY,
          answer.isCut()
              ? "the body goes on beyond the first %d characters, all that is read, so it is no whole JSON"
                  .formatted(answer.body().length())
              : "the body is not JSON");
    }
    for (Map.Entry<JsonPath, Comparison> each : json.entrySet()) {
      Object actual = body.at(each.getKey());
      if (!each.getValue().holds(actual)) {
        return error(
            Kind.BODY,
            "expected %s to be %s, got %s"
                .formatted(each.getKey().getPath(), each.getValue().wanted(), shown(actual)));
      }
    }
    return Optional.empty();
  }

  private Optional<ProbeError> dependencies(List<Part> parts) {
    if (dependencies == null) {
      return Optional.empty();
    }
    if (parts.isEmpty()) {
      return error(Kind.BODY, "no dependencies stand at " + dependencies.getPath());
    }
    String down = down(parts);
    return down.isEmpty() ? Optional.empty() : error(Kind.DEPENDENCY, down);
  }

  /** Such as "database: down (no connection), queue: down"; empty when none is. */
  private static String down(List<Part> parts) {
    return parts.stream()
        .filter(part -> part.state() == State.DOWN)
        .map(part ->
            part.name() + ": down" + (part.message() == null ? "" : " (" + part.message() + ")"))
        .collect(Collectors.joining(", "));
  }

  private static Optional<ProbeError> error(Kind kind, String message) {
    return Optional.of(new ProbeError(kind, message));
  }

  private static String shown(@Nullable Object actual) {
    String text = actual == null ? "nothing" : String.valueOf(actual);
    return text.length() <= MOST_SHOWN ? text : text.substring(0, MOST_SHOWN) + "…";
  }
}
