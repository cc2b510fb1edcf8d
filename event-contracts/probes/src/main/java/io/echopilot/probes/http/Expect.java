package io.echopilot.probes.http;

import com.fasterxml.jackson.annotation.JsonFormat;
import io.echopilot.probes.Regex;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * What an answer must be.
 *
 * @param status one of these
 * @param meanings what other codes say, for the sentence that tells of one
 * @param json JSON paths and what stands there, see {@link Comparison}
 * @param headers an expression to be found in each header named
 * @param body an expression to be found in the body, as far as it is read
 * @param size of the body
 * @param dependencies JSON path to the parts of a health document, none of which may be down
 */
record Expect(
    @JsonFormat(with = JsonFormat.Feature.ACCEPT_SINGLE_VALUE_AS_ARRAY)
        @Nullable List<StatusRange> status,
    @Nullable Map<Integer, String> meanings,
    @Nullable Map<String, Object> json,
    @Nullable Map<String, Regex> headers,
    @Nullable Regex body,
    @Nullable Size size,
    @Nullable String dependencies) {
  static final Expect NOTHING = new Expect(null, null, null, null, null, null, null);

  /** Bytes of a body as they come over the line. */
  record Size(@Nullable Long atLeast, @Nullable Long atMost) {
    Size {
      if (atLeast != null && atMost != null && atLeast > atMost) {
        throw new IllegalArgumentException(
            "http.expect.size can't be at least %d and at most %d".formatted(atLeast, atMost));
      }
    }
  }

  Expect {
    // Where a file is read on after a mistake, that stands here as null.
    status = status == null || status.stream().anyMatch(Objects::isNull) ? null : status;
    if (status != null && status.isEmpty()) {
      throw new IllegalArgumentException("http.expect.status must name a code, such as 200");
    }
    if (meanings != null) {
      meanings.keySet().forEach(StatusRange::of);
    }
    if (json != null) {
      json.forEach((path, written) -> {
        JsonPaths.definite("http.expect.json", path);
        Comparison.of("http.json: " + path, written);
      });
    }
    if (dependencies != null) {
      JsonPaths.definite("http.expect.dependencies", dependencies);
    }
  }
}
