package io.echopilot.probes.tls;

import io.echopilot.probes.Endpoint;
import io.echopilot.probes.SecretRef;
import org.jspecify.annotations.Nullable;

/**
 * A certificate that must be trusted, be for the name, and last.
 *
 * @param host that of the site when it is null
 * @param port that of the site when it is null
 * @param name that the certificate must be for, and that is asked for by SNI; the host when it is
 *     null
 */
public record TlsCheck(
    @Nullable String host,
    @Nullable Integer port,
    @Nullable String name,
    @Nullable Boolean verify,
    @Nullable String ca,
    @Nullable SecretRef client,
    @Nullable Integer daysLeft) {
  private static final int FORTNIGHT = 14;

  public TlsCheck {
    Endpoint.check("tls", host, port);
    daysLeft = daysLeft == null ? FORTNIGHT : daysLeft;
    TlsSettings checked = new TlsSettings(verify, ca, client, daysLeft);
    verify = checked.verify();
  }

  TlsSettings how() {
    return new TlsSettings(verify, ca, client, daysLeft);
  }
}
