package io.echopilot.probes.http;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * HTTP status codes, from one to another.
 *
 * @param to included
 */
record StatusRange(int from, int to) {
  private static final Pattern WRITTEN = Pattern.compile("(\\d{3})(?:-(\\d{3}))?");

  StatusRange {
    if (from < 100 || to > 599) {
      throw new IllegalArgumentException(
          "http.status must be 100 to 599, but is " + (from < 100 ? from : to));
    }
    if (from > to) {
      throw new IllegalArgumentException("http.status %d-%d ends early".formatted(from, to));
    }
  }

  @JsonCreator(mode = JsonCreator.Mode.DELEGATING)
  static StatusRange of(int code) {
    return new StatusRange(code, code);
  }

  @JsonCreator(mode = JsonCreator.Mode.DELEGATING)
  static StatusRange of(String text) {
    Matcher written = WRITTEN.matcher(text);
    if (!written.matches()) {
      throw new IllegalArgumentException(
          "http.status must be a code such as 200 or a range such as 200-299, but is \"%s\""
              .formatted(text));
    }
    int from = Integer.parseInt(written.group(1));
    return new StatusRange(
        from, written.group(2) == null ? from : Integer.parseInt(written.group(2)));
  }

  boolean contains(int code) {
    return from <= code && code <= to;
  }

  @JsonValue
  @Override
  public String toString() {
    return from == to ? Integer.toString(from) : from + "-" + to;
  }
}
