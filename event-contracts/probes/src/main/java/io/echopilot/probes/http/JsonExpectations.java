package io.echopilot.probes.http;

import com.jayway.jsonpath.Configuration;
import com.jayway.jsonpath.InvalidJsonException;
import com.jayway.jsonpath.JsonPath;
import com.jayway.jsonpath.JsonPathException;
import com.jayway.jsonpath.ReadContext;
import com.jayway.jsonpath.spi.json.JsonSmartJsonProvider;
import com.jayway.jsonpath.spi.mapper.JsonSmartMappingProvider;
import java.math.BigDecimal;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import net.minidev.json.parser.JSONParser;
import org.jspecify.annotations.Nullable;

/**
 * What a body must say: JSON paths (RFC 9535 in Jayway's dialect), compiled once, and their
 * scalars.
 */
final class JsonExpectations {
  private static final Configuration STRICT =
      Configuration.builder()
          .jsonProvider(new JsonSmartJsonProvider(JSONParser.MODE_RFC4627))
          .mappingProvider(new JsonSmartMappingProvider())
          .build();

  private final Map<JsonPath, Object> expected = new LinkedHashMap<>();

  JsonExpectations(Map<String, Object> expected) {
    expected.forEach((path, value) -> this.expected.put(JsonPath.compile(path), value));
  }

  boolean isEmpty() {
    return expected.isEmpty();
  }

  /** The first expectation that the body does not meet, as a sentence; empty when it meets all. */
  Optional<String> unmet(String body) {
    if (expected.isEmpty()) {
      return Optional.empty();
    }
    try {
      ReadContext json = parse(body);
      for (Map.Entry<JsonPath, Object> each : expected.entrySet()) {
        Object actual = read(json, each.getKey());
        if (!same(each.getValue(), actual)) {
          return Optional.of(
              "expected %s to be %s, got %s"
                  .formatted(each.getKey().getPath(), each.getValue(), shown(actual)));
        }
      }
      return Optional.empty();
    } catch (InvalidJsonException e) {
      return Optional.of("the body is not JSON");
    }
  }

  /** The scalar at a path as text; null when there is none, or the body is not JSON. */
  static @Nullable String text(String body, JsonPath path) {
    try {
      Object value = read(parse(body), path);
      return value instanceof String || value instanceof Number ? value.toString() : null;
    } catch (InvalidJsonException e) {
      return null;
    }
  }

  private static ReadContext parse(String body) {
    if (body.isBlank()) {
      throw new InvalidJsonException("empty");
    }
    return JsonPath.using(STRICT).parse(body);
  }

  private static @Nullable Object read(ReadContext json, JsonPath path) {
    try {
      return json.read(path);
    } catch (JsonPathException e) {
      return null;
    }
  }

  private static boolean same(Object expected, @Nullable Object actual) {
    if (expected instanceof Number && actual instanceof Number) {
      return new BigDecimal(expected.toString()).compareTo(new BigDecimal(actual.toString())) == 0;
    }
    return Objects.equals(expected, actual);
  }

  private static final int MOST_SHOWN = 100;

  private static String shown(@Nullable Object actual) {
    String text = actual == null ? "nothing" : String.valueOf(actual);
    return text.length() <= MOST_SHOWN ? text : text.substring(0, MOST_SHOWN) + "…";
  }
}
