package io.echopilot.probes.http;

import com.fasterxml.jackson.annotation.JsonCreator;
import io.echopilot.probes.Regex;
import org.jspecify.annotations.Nullable;

/**
 * What to do about redirects.
 *
 * @param follow so many at most; with none, a redirect is an answer like others
 * @param count how many there must be; null when it does not matter
 * @param to found in the address that answered in the end; null when it does not matter
 */
record Redirects(@Nullable Integer follow, @Nullable Integer count, @Nullable Regex to) {
  static final Redirects NONE = new Redirects(0, null, null);
  private static final int USUAL = 5;
  private static final int MOST = 20;

  Redirects {
    follow = follow == null ? Math.max(USUAL, count == null ? 0 : count) : follow;
    if (follow < 0 || follow > MOST) {
      throw new IllegalArgumentException(
          "http.redirects.follow must be 0 to %d, but is %d".formatted(MOST, follow));
    }
    if (count != null && (count < 0 || count > follow)) {
      throw new IllegalArgumentException(
          "http.redirects.count must be 0 to http.redirects.follow (%d), but is %d"
              .formatted(follow, count));
    }
  }

  /** The short form, {@code redirects: 3}. */
  @JsonCreator(mode = JsonCreator.Mode.DELEGATING)
  static Redirects of(int follow) {
    return new Redirects(follow, null, null);
  }

  int most() {
    return follow == null ? USUAL : follow;
  }
}
