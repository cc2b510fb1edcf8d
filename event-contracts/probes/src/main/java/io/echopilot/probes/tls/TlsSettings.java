package io.echopilot.probes.tls;

import io.echopilot.probes.SecretRef;
import org.jspecify.annotations.Nullable;

/**
 * How a probe speaks TLS.
 *
 * @param verify whether the chain must be trusted and the name must be the server's
 * @param ca certificates to trust in place of the usual ones, as PEM text; null for the usual ones
 * @param client secret with the certificate and the key, both PEM, that the probe shows; null to
 *     show none
 * @param daysLeft the fewest days that the server's certificates must still be valid; null when it
 *     does not matter
 */
public record TlsSettings(
    @Nullable Boolean verify,
    @Nullable String ca,
    @Nullable SecretRef client,
    @Nullable Integer daysLeft) {
  /** The usual trust. */
  public static final TlsSettings USUAL = new TlsSettings(null, null, null, null);

  public TlsSettings {
    verify = verify == null || verify;
    if (ca != null && !ca.contains("-----BEGIN CERTIFICATE-----")) {
      throw new IllegalArgumentException(
          "tls.ca must be certificates as PEM text, with their BEGIN and END lines");
    }
    if (ca != null && !verify) {
      throw new IllegalArgumentException("tls.ca says whom to trust, but tls.verify is false");
    }
    if (daysLeft != null && daysLeft < 0) {
      throw new IllegalArgumentException("tls.daysLeft must be zero or more, but is " + daysLeft);
    }
  }

  boolean isUsual() {
    return Boolean.TRUE.equals(verify) && ca == null && client == null;
  }
}
