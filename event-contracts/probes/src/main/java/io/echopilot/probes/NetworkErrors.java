package io.echopilot.probes;

import io.echopilot.events.ProbeError;
import io.echopilot.events.ProbeError.Kind;
import io.netty.channel.ConnectTimeoutException;
import io.netty.handler.codec.DecoderException;
import java.io.IOException;
import java.net.ConnectException;
import java.net.URI;
import java.net.UnknownHostException;
import java.security.cert.CertificateException;
import java.time.Duration;
import java.util.concurrent.TimeoutException;
import javax.net.ssl.SSLException;
import reactor.netty.http.client.PrematureCloseException;

/** What went wrong, as a kind for programs and a sentence for people. */
public final class NetworkErrors {
  private NetworkErrors() {}

  public static ProbeError of(Throwable failure, URI url, Duration timeout) {
    String where = url.getHost() + (url.getPort() < 0 ? "" : ":" + url.getPort());
    Kind kind = kind(failure);
    return new ProbeError(
        kind,
        switch (kind) {
          case TIMEOUT -> "no answer from %s within %d ms".formatted(where, timeout.toMillis());
          case REFUSED -> "connection refused by " + where;
          case DNS -> "no address for " + url.getHost();
          case TLS -> "no trusted TLS connection to %s: %s".formatted(where, last(failure));
          case PROTOCOL ->
              "%s closed the connection or did not speak the protocol".formatted(where);
          case CONNECT,
              STATUS,
              REDIRECT,
              HEADER,
              BODY,
              DEPENDENCY,
              ANSWER,
              EXPIRING,
              LOGIN,
              LATE,
              SETUP,
              OTHER ->
              "can't talk to %s: %s".formatted(where, last(failure));
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

  private static String last(Throwable failure) {
    Throwable root = failure;
    while (root.getCause() != null) {
      root = root.getCause();
    }
    return String.valueOf(root.getMessage());
  }
}
