package io.echopilot.probes.http;

import com.fasterxml.jackson.annotation.JsonCreator;
import io.echopilot.probes.SecretRef;
import io.echopilot.probes.tls.TlsSettings;
import java.net.URI;
import java.net.URISyntaxException;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * A request whose answer must match.
 *
 * @param path appended to the site's URL; begins with a slash
 * @param status the expected status code; of several the first
 * @param json JSON path to the scalar expected there; empty when the body does not matter. With
 *     {@code status} all that earlier versions know
 * @param expect all expectations; null when {@code status} and {@code json} are all
 * @param method {@code GET} when it is null
 * @param bearer secret that is sent as {@code Authorization: Bearer}, to the site itself only
 * @param version 2 for HTTP/2: agreed on over TLS, presumed without
 * @param numbers JSON paths to numbers in the answer, by the name of their series
 */
public record HttpCheck(
    String path,
    Integer status,
    Map<String, Object> json,
    @Nullable Expect expect,
    @Nullable String method,
    @Nullable Map<String, String> headers,
    @Nullable String body,
    @Nullable SecretRef bearer,
    @Nullable Integer version,
    @Nullable Redirects redirects,
    @Nullable TlsSettings tls,
    @Nullable Map<String, String> numbers) {
  private static final int OK = 200;
  private static final int MOST_NUMBERS = 20;
  private static final Pattern SERIES = Pattern.compile("[a-zA-Z][a-zA-Z0-9_.-]{0,62}");

  /** RFC 9110, section 5.6.2. */
  private static final Pattern TOKEN = Pattern.compile("[!#$%&'*+.^_`|~0-9A-Za-z-]+");

  private static final Set<String> METHODS =
      Set.of("GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS");

  public HttpCheck {
    path = path == null ? "/" : path;
    if (!path.startsWith("/") || !isUrl("http://site.example.com" + path)) {
      throw new IllegalArgumentException(
          "http.path must begin with a slash and be escaped as in a URL, such as /health, but is \"%s\""
              .formatted(path));
    }
    Expect all = complete(expect, status, json);
    status = Objects.requireNonNull(all.status()).getFirst().from();
    json = Expectations.plain(all);
    expect = all.equals(complete(null, status, json)) ? null : all;
    checkRequest(method, version);
    checkHeaders(Objects.requireNonNullElse(headers, Map.of()));
    checkNumbers(numbers);
  }

  /** A GET of a path, judged by status and JSON. */
  public static HttpCheck of(String path, int status, Map<String, Object> json) {
    return new HttpCheck(path, status, json, null, null, null, null, null, null, null, null, null);
  }

  /** The short form, {@code http: /health}, as the {@link Runbook} has it. */
  @JsonCreator(mode = JsonCreator.Mode.DELEGATING)
  static HttpCheck of(String path) {
    return Runbook.check(path);
  }

  /** All that the answer must be. */
  Expect expectations() {
    return complete(expect, status, json);
  }

  private static Expect complete(
      @Nullable Expect given, @Nullable Integer status, @Nullable Map<String, Object> json) {
    Expect some = given == null ? Expect.NOTHING : given;
    return new Expect(
        some.status() == null
            ? List.of(StatusRange.of(status == null ? OK : status))
            : some.status(),
        some.meanings(),
        some.json() == null ? Objects.requireNonNullElse(json, Map.of()) : some.json(),
        some.headers(),
        some.body(),
        some.size(),
        some.dependencies());
  }

  private static void checkRequest(@Nullable String method, @Nullable Integer version) {
    if (method != null && !METHODS.contains(method)) {
      throw new IllegalArgumentException(
          "http.method must be one of %s, but is \"%s\""
              .formatted(METHODS.stream().sorted().toList(), method));
    }
    if (version != null && version != 1 && version != 2) {
      throw new IllegalArgumentException("http.version must be 1 or 2, but is " + version);
    }
  }

  private static void checkHeaders(Map<String, String> headers) {
    headers.forEach((name, value) -> {
      if (!TOKEN.matcher(name).matches()) {
        throw new IllegalArgumentException(
            "http.headers: a name must be letters, digits and hyphens, such as X-Api-Key, but is \"%s\""
                .formatted(name));
      }
      if (value.chars().anyMatch(Character::isISOControl)) {
        throw new IllegalArgumentException(
            "http.headers.%s must be one line without control characters".formatted(name));
      }
    });
  }

  private static void checkNumbers(@Nullable Map<String, String> numbers) {
    if (numbers == null) {
      return;
    }
    if (numbers.size() > MOST_NUMBERS) {
      throw new IllegalArgumentException(
          "http.numbers holds at most %d, but has %d".formatted(MOST_NUMBERS, numbers.size()));
    }
    numbers.forEach((name, path) -> {
      if (!SERIES.matcher(name).matches()) {
        throw new IllegalArgumentException(
            "http.numbers: a name must be a letter and up to 62 letters, digits, dots, hyphens or underscores, but is \"%s\""
                .formatted(name));
      }
      JsonPaths.definite("http.numbers", path);
    });
  }

  private static boolean isUrl(String text) {
    try {
      return new URI(text).getHost() != null;
    } catch (URISyntaxException _) {
      return false;
    }
  }
}
