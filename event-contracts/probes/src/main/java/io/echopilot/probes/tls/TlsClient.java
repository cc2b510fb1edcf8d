package io.echopilot.probes.tls;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.echopilot.probes.SecretRef;
import io.echopilot.probes.Secrets;
import io.echopilot.probes.Secrets.MissingSecretException;
import io.netty.handler.ssl.ApplicationProtocolConfig;
import io.netty.handler.ssl.ApplicationProtocolConfig.Protocol;
import io.netty.handler.ssl.ApplicationProtocolConfig.SelectedListenerFailureBehavior;
import io.netty.handler.ssl.ApplicationProtocolConfig.SelectorFailureBehavior;
import io.netty.handler.ssl.SslContext;
import io.netty.handler.ssl.SslContextBuilder;
import io.netty.handler.ssl.SslProvider;
import io.netty.handler.ssl.util.InsecureTrustManagerFactory;
import java.io.ByteArrayInputStream;
import java.io.InputStream;
import java.util.Objects;
import java.util.Optional;
import javax.net.ssl.SSLException;
import org.jspecify.annotations.Nullable;

/** Makes TLS contexts of settings, and keeps the last one while the secrets are the same. */
public final class TlsClient {
  private final TlsSettings settings;
  private final Secrets secrets;
  private final String[] protocols;
  private volatile @Nullable Made made;

  private record Made(@Nullable String client, SslContext context) {}

  /**
   * A client.
   *
   * @param protocols to offer by ALPN, such as {@code h2}
   */
  public TlsClient(TlsSettings settings, Secrets secrets, String... protocols) {
    this.settings = settings;
    this.secrets = secrets;
    this.protocols = protocols.clone();
  }

  /**
   * The context to speak TLS with; empty when the library's own will do.
   *
   * @throws MissingSecretException when the client's certificate is not there or can't be used
   */
  public Optional<SslContext> context() {
    return settings.isUsual() && protocols.length == 0 ? Optional.empty() : Optional.of(always());
  }

  /** As {@link #context()}, but never empty. */
  public SslContext always() {
    SecretRef reference = settings.client();
    String client = reference == null ? null : secrets.value(reference);
    Made last = made;
    if (last == null || !Objects.equals(last.client(), client)) {
      last = new Made(client, context(client));
      made = last;
    }
    return last.context();
  }

  private SslContext context(@Nullable String client) {
    SslContextBuilder builder = SslContextBuilder.forClient().sslProvider(SslProvider.JDK);
    if (!Boolean.TRUE.equals(settings.verify())) {
      builder
          .trustManager(InsecureTrustManagerFactory.INSTANCE)
          .endpointIdentificationAlgorithm(null);
    } else if (settings.ca() != null) {
      builder.trustManager(stream(settings.ca()));
    }
    if (protocols.length > 0) {
      builder.applicationProtocolConfig(
          new ApplicationProtocolConfig(
              Protocol.ALPN,
              SelectorFailureBehavior.NO_ADVERTISE,
              SelectedListenerFailureBehavior.ACCEPT,
              protocols));
    }
    try {
      if (client != null) {
        builder.keyManager(stream(client), stream(client));
      }
      return builder.build();
    } catch (IllegalArgumentException | SSLException e) {
      // The cause may hold parts of the key.
      throw new MissingSecretException(
          "%s does not hold a certificate and its key as PEM text, or tls.ca no certificates"
              .formatted(settings.client()));
    }
  }

  private static InputStream stream(String text) {
    return new ByteArrayInputStream(text.getBytes(UTF_8));
  }
}
