package io.echopilot.probes.http;

import io.echopilot.probes.tls.Validity;
import io.netty.handler.codec.http.HttpHeaders;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/**
 * What came back.
 *
 * @param body as far as it is read
 * @param size bytes that were received; reading ends a little after what matters
 * @param certificate of the server; null without TLS
 */
record Answer(
    URI url,
    int status,
    HttpHeaders headers,
    String body,
    long size,
    @Nullable Validity certificate) {
  private static final int FOUND = 300;
  private static final int BAD_REQUEST = 400;

  /** Whether the body goes on beyond what is read. */
  boolean isCut() {
    return size > body.getBytes(StandardCharsets.UTF_8).length;
  }

  /** Where it sends one on to; null when it does not. */
  @Nullable URI location() {
    String location = headers.get("Location");
    if (status < FOUND || status >= BAD_REQUEST || location == null) {
      return null;
    }
    return url.resolve(location.strip());
  }
}
