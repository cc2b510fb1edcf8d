package io.echopilot.probes.grpc;

import io.echopilot.probes.Endpoint;
import io.echopilot.probes.tls.TlsSettings;
import org.jspecify.annotations.Nullable;

/**
 * A server that must say that it serves.
 *
 * @param host that of the site when it is null
 * @param port that of the site when it is null
 * @param service of which it is asked; null for the server as a whole
 * @param tls null to speak without TLS
 */
public record GrpcCheck(
    @Nullable String host,
    @Nullable Integer port,
    @Nullable String service,
    @Nullable TlsSettings tls) {
  public GrpcCheck {
    Endpoint.check("grpc", host, port);
    if (service != null && !service.matches("[\\w./-]{1,200}")) {
      throw new IllegalArgumentException(
          "grpc.service must be a service's name such as shop.v1.Checkout, but is \"%s\""
              .formatted(service));
    }
  }
}
