package io.echopilot.probes.http;

import com.jayway.jsonpath.InvalidPathException;
import com.jayway.jsonpath.JsonPath;
import com.jayway.jsonpath.JsonPathException;

/** JSON paths as people write them in definitions. */
public final class JsonPaths {
  private JsonPaths() {}

  /**
   * A path to one place.
   *
   * @throws IllegalArgumentException with the field's name and the remedy when it is none
   */
  public static JsonPath definite(String field, String path) {
    try {
      JsonPath compiled = JsonPath.compile(path);
      // The library takes a bracket that is left open for none.
      if (path.chars().filter(c -> c == '[').count()
          != path.chars().filter(c -> c == ']').count()) {
        throw new InvalidPathException("a bracket is left open");
      }
      if (compiled.isDefinite()) {
        return compiled;
      }
    } catch (JsonPathException | IllegalArgumentException e) {
      throw new IllegalArgumentException(
          "%s: \"%s\" is no JSON path; write one such as $.status".formatted(field, path), e);
    }
    throw new IllegalArgumentException(
        "%s: \"%s\" may match several places; name one, such as $.status".formatted(field, path));
  }
}
