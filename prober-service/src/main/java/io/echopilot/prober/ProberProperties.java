package io.echopilot.prober;

import io.echopilot.probes.Network;
import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import jakarta.validation.constraints.NotBlank;
import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Pattern;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.hibernate.validator.constraints.time.DurationMin;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.util.unit.DataSize;
import org.springframework.validation.annotation.Validated;

/**
 * Settings of prober-service.
 *
 * @param location whose vote this instance casts; all instances of a location share its services
 * @param references addresses, as {@code host:port}, that this location reaches whenever its
 *     network is well; when none answers, its results count for nothing
 * @param referenceTimeout for one of them to accept a connection
 * @param referenceRecheck how often they are tried again while none answers
 * @param mostBody how much of an answer's body is read
 * @param secrets folder with a file for each secret that definitions refer to; null for none
 * @param deniedNetworks ranges such as {@code 10.0.0.0/8} that no probe may connect to, since
 *     definitions may come from many teams
 * @param threads event loops that carry all probes
 */
@ConfigurationProperties("echopilot.prober")
@Validated
public record ProberProperties(
    @NotBlank @Pattern(regexp = LOCATION) String location,
    @DefaultValue List<@NotBlank @Pattern(regexp = ADDRESS) String> references,
    @DefaultValue("500ms") @NotNull @DurationMin(millis = 10) Duration referenceTimeout,
    @DefaultValue("1s") @NotNull @DurationMin(millis = 100) Duration referenceRecheck,
    @DefaultValue("64KB") @NotNull DataSize mostBody,
    @Nullable Path secrets,
    @DefaultValue List<Network> deniedNetworks,
    @DefaultValue("2") @Min(1) @Max(64) int threads) {
  static final String LOCATION = "[a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?";
  static final String ADDRESS = "[^\\s:]+:\\d{1,5}|\\[[0-9a-fA-F:]+]:\\d{1,5}";
}
