package io.echopilot.probes.tcp;

import io.echopilot.probes.Endpoint;
import io.echopilot.probes.Regex;
import org.jspecify.annotations.Nullable;

/**
 * A connection that must come about, and what is said over it.
 *
 * @param host that of the site when it is null
 * @param port that of the site when it is null
 * @param send said once connected; null to say nothing
 * @param expect to be found in what comes back; null when a connection is enough
 */
public record TcpCheck(
    @Nullable String host, @Nullable Integer port, @Nullable String send, @Nullable Regex expect) {
  public TcpCheck {
    Endpoint.check("tcp", host, port);
  }
}
