package io.echopilot.probes.tls;

import io.echopilot.events.ProbeError;
import io.echopilot.events.ProbeError.Kind;
import io.netty.channel.Channel;
import io.netty.handler.ssl.SslHandler;
import java.security.cert.Certificate;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.Comparator;
import java.util.Optional;
import java.util.stream.Stream;
import javax.net.ssl.SSLPeerUnverifiedException;
import javax.net.ssl.SSLSession;
import org.jspecify.annotations.Nullable;
import reactor.netty.Connection;

/**
 * How long the certificates that a server showed are valid.
 *
 * @param subject of the one that ends first
 */
public record Validity(String subject, Instant end) {
  private static final double SECONDS_PER_DAY = Duration.ofDays(1).toSeconds();

  /** Of the chain that was shown; empty when there is none. */
  public static Optional<Validity> of(SSLSession session) {
    try {
      return Arrays.stream(session.getPeerCertificates())
          .flatMap(Validity::one)
          .min(Comparator.comparing(Validity::end));
    } catch (SSLPeerUnverifiedException _) {
      return Optional.empty();
    }
  }

  /**
   * Of the chain that was shown over a connection; empty when there is none. Over TLS a connection
   * counts as connected once the handshake is done.
   */
  public static Optional<Validity> of(Connection connection) {
    Channel channel = connection.channel();
    Channel own = channel.parent() == null ? channel : channel.parent();
    SslHandler handler = own.pipeline().get(SslHandler.class);
    return handler == null ? Optional.empty() : of(handler.engine().getSession());
  }

  private static Stream<Validity> one(Certificate certificate) {
    return certificate instanceof X509Certificate x509
        ? Stream.of(
            new Validity(x509.getSubjectX500Principal().getName(), x509.getNotAfter().toInstant()))
        : Stream.empty();
  }

  /** May be negative. */
  public double daysLeft(Instant now) {
    return Duration.between(now, end).toSeconds() / SECONDS_PER_DAY;
  }

  /** What is wrong when so many days must be left; empty when nothing is. */
  public Optional<ProbeError> error(@Nullable Integer daysLeft, Instant now) {
    return daysLeft == null || daysLeft(now) >= daysLeft
        ? Optional.empty()
        : Optional.of(
            new ProbeError(
                Kind.EXPIRING,
                "the certificate of %s ends at %s; %d days must be left"
                    .formatted(subject, end, daysLeft)));
  }
}
