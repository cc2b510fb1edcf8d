package io.echopilot.probes;

import io.echopilot.events.ProbeError;
import io.echopilot.events.ProbeError.Kind;
import io.netty.channel.ConnectTimeoutException;
import io.netty.handler.codec.DecoderException;
import io.netty.handler.codec.http2.Http2Exception;
import java.io.IOException;
import java.net.ConnectException;
import java.net.PortUnreachableException;
import java.net.UnknownHostException;
import java.security.cert.CertPathBuilderException;
import java.security.cert.CertificateException;
import java.security.cert.CertificateExpiredException;
import java.time.Duration;
import java.util.concurrent.TimeoutException;
import javax.net.ssl.SSLException;
import org.xbill.DNS.WireParseException;
import reactor.netty.http.client.PrematureCloseException;

/** What went wrong on the way, as a kind for programs and a sentence for people. */
public final class NetworkErrors {
  private NetworkErrors() {}

  /**
   * Tells of a failure.
   *
   * @param where whom it concerns
   */
  static ProbeError of(Throwable failure, Endpoint where, Duration timeout) {
    Kind kind = kind(failure);
    return new ProbeError(
        kind,
        switch (kind) {
          case TIMEOUT -> "no answer from %s within %d ms".formatted(where, timeout.toMillis());
          case REFUSED -> "connection refused by " + where;
          case DNS -> "no address for " + where.host();
          case TLS -> "no trusted TLS connection to %s: %s".formatted(where, distrust(failure));
          case PROTOCOL ->
              "%s closed the connection or did not speak the protocol".formatted(where);
          default -> "can't talk to %s: %s".formatted(where, root(failure).getMessage());
        });
  }

  private static Kind kind(Throwable failure) {
    for (Throwable each = failure; each != null; each = each.getCause()) {
      switch (each) {
        case TimeoutException _ -> {
          return Kind.TIMEOUT;
        }
        case ConnectTimeoutException _ -> {
          return Kind.TIMEOUT;
        }
        case UnknownHostException _ -> {
          return Kind.DNS;
        }
        case SSLException _ -> {
          return Kind.TLS;
        }
        case CertificateException _ -> {
          return Kind.TLS;
        }
        case PrematureCloseException _ -> {
          return Kind.PROTOCOL;
        }
        case ConnectException refused -> {
          return String.valueOf(refused.getMessage()).contains("refused")
              ? Kind.REFUSED
              : Kind.CONNECT;
        }
        case Http2Exception _ -> {
          return Kind.PROTOCOL;
        }
        case WireParseException _ -> {
          return Kind.PROTOCOL;
        }
        case PortUnreachableException _ -> {
          return Kind.REFUSED;
        }
        case DecoderException decoding when decoding.getCause() == null -> {
          return Kind.PROTOCOL;
        }
        case IllegalArgumentException _ -> {
          return Kind.PROTOCOL;
        }
        case IOException broken -> {
          return String.valueOf(broken.getMessage()).matches("(?i).*(reset|broken pipe).*")
              ? Kind.PROTOCOL
              : Kind.CONNECT;
        }
        default -> {}
      }
    }
    return Kind.OTHER;
  }

  private static String distrust(Throwable failure) {
    return switch (root(failure)) {
      case CertificateExpiredException e -> "its certificate has expired, " + e.getMessage();
      case CertPathBuilderException _ -> "nobody who is trusted has signed its certificate";
      case Throwable other -> String.valueOf(other.getMessage());
    };
  }

  private static Throwable root(Throwable failure) {
    Throwable root = failure;
    while (root.getCause() != null) {
      root = root.getCause();
    }
    return root;
  }
}
