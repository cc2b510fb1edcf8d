package io.echopilot.probes.http;

import java.net.URI;
import java.net.URISyntaxException;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A request whose answer must match.
 *
 * @param path appended to the site's URL; begins with a slash
 * @param status the expected status code
 * @param json JSON path to the scalar expected there; empty when the body does not matter
 * @param expect another way to write {@code status} and {@code json}
 */
public record HttpCheck(
    String path, Integer status, Map<String, Object> json, @Nullable Expect expect) {
  private static final int OK = 200;

  /** Any page, as long as it is there. */
  public static final HttpCheck ANSWERS = new HttpCheck("/", OK, Map.of(), null);

  public HttpCheck {
    path = path == null ? "/" : path;
    if (!path.startsWith("/") || !isUrl("http://site.example.com" + path)) {
      throw new IllegalArgumentException(
          "http.path must begin with a slash and be escaped as in a URL, such as /health, but is \"%s\""
              .formatted(path));
    }
    if (expect != null) {
      status = expect.status() == null ? status : expect.status();
      json = expect.json() == null ? json : expect.json();
      expect = null;
    }
    status = status == null ? OK : status;
    if (status < 100 || status > 599) {
      throw new IllegalArgumentException("http.status must be 100 to 599, but is " + status);
    }
    json = scalars(json == null ? Map.of() : json);
  }

  /** What the answer must be. */
  record Expect(@Nullable Integer status, @Nullable Map<String, Object> json) {}

  private static Map<String, Object> scalars(Map<String, Object> json) {
    json.forEach((path, expected) -> {
      JsonPaths.definite("http.expect.json", path);
      if (!(expected instanceof String
          || expected instanceof Number
          || expected instanceof Boolean)) {
        throw new IllegalArgumentException(
            "http.json: %s must be compared with a text, a number, true or false, but is %s"
                .formatted(path, expected));
      }
    });
    return Map.copyOf(json);
  }

  private static boolean isUrl(String text) {
    try {
      return new URI(text).getHost() != null;
    } catch (URISyntaxException _) {
      return false;
    }
  }
}
