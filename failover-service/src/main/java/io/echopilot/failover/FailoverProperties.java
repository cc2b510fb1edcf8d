package io.echopilot.failover;

import io.echopilot.starter.HoldsSecret;
import jakarta.validation.Valid;
import jakarta.validation.constraints.AssertTrue;
import jakarta.validation.constraints.NotBlank;
import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Pattern;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.Set;
import org.hibernate.validator.constraints.time.DurationMin;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.validation.annotation.Validated;

/**
 * Settings of failover-service.
 *
 * @param services a YAML file, or a folder of them, that says what is protected
 * @param readBack how often each route is read back
 * @param endpoints the edges, by the name that definitions use
 */
@ConfigurationProperties("echopilot.failover")
@Validated
public record FailoverProperties(
    @NotNull Path services,
    @DefaultValue("1s") @DurationMin(millis = 100) Duration watch,
    @DefaultValue("10s") @DurationMin(millis = 100) Duration readBack,
    @DefaultValue Map<String, @Valid Endpoint> endpoints) {

  /**
   * An edge that keeps the webhook contract.
   *
   * @param url where {@code /services/{id}/route} is appended
   * @param keyId names the key to the edge
   * @param keyFile holds the shared secret, 16 bytes or more; never logged
   * @param oldKeyId the key that is being rotated out, with which answers may still be signed
   * @param timeout for one request
   */
  public record Endpoint(
      @NotNull URI url,
      @NotBlank @Pattern(regexp = "[A-Za-z0-9._-]{1,64}") String keyId,
      @NotNull @HoldsSecret Path keyFile,
      @Nullable String oldKeyId,
      @Nullable @HoldsSecret Path oldKeyFile,
      @DefaultValue("2s") @DurationMin(millis = 10) Duration timeout) {

    private static final Set<String> SCHEMES = Set.of("http", "https");

    @AssertTrue(message = "url must be http or https with a host, without query or fragment")
    boolean isUrlUsable() {
      return url == null
          || (url.getScheme() != null
              && SCHEMES.contains(url.getScheme())
              && url.getHost() != null
              && url.getQuery() == null
              && url.getFragment() == null);
    }

    @AssertTrue(message = "old-key-id and old-key-file are given together or not at all")
    boolean isRotationComplete() {
      return (oldKeyId == null) == (oldKeyFile == null);
    }
  }
}
