package io.echopilot.probes.http;

import com.jayway.jsonpath.Configuration;
import com.jayway.jsonpath.InvalidJsonException;
import com.jayway.jsonpath.JsonPath;
import com.jayway.jsonpath.JsonPathException;
import com.jayway.jsonpath.ReadContext;
import com.jayway.jsonpath.spi.json.JsonSmartJsonProvider;
import com.jayway.jsonpath.spi.mapper.JsonSmartMappingProvider;
import java.util.Optional;
import net.minidev.json.parser.JSONParser;
import org.jspecify.annotations.Nullable;

/** A body that may be JSON, parsed once when something is read in it. */
final class JsonBody {
  private static final Configuration STRICT =
      Configuration.builder()
          .jsonProvider(new JsonSmartJsonProvider(JSONParser.MODE_RFC4627))
          .mappingProvider(new JsonSmartMappingProvider())
          .build();

  private final Optional<ReadContext> json;

  JsonBody(String body) {
    this.json = parse(body);
  }

  private static Optional<ReadContext> parse(String body) {
    if (body.isBlank()) {
      return Optional.empty();
    }
    try {
      return Optional.of(JsonPath.using(STRICT).parse(body));
    } catch (InvalidJsonException _) {
      return Optional.empty();
    }
  }

  boolean isJson() {
    return json.isPresent();
  }

  /** What stands at a path; null when nothing does. */
  @Nullable Object at(JsonPath path) {
    try {
      return json.isPresent() ? json.get().<@Nullable Object>read(path) : null;
    } catch (JsonPathException _) {
      return null;
    }
  }

  /** The scalar at a path as text; null when there is none. */
  @Nullable String text(JsonPath path) {
    Object value = at(path);
    return value instanceof String || value instanceof Number ? value.toString() : null;
  }
}
