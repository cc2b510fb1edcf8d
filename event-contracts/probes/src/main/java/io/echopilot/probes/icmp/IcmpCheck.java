package io.echopilot.probes.icmp;

import io.echopilot.probes.Endpoint;
import org.jspecify.annotations.Nullable;

/**
 * A host that must answer an ICMP echo request.
 *
 * @param host that of the site when it is null
 */
public record IcmpCheck(@Nullable String host) {
  public IcmpCheck {
    Endpoint.check("icmp", host, null);
  }
}
