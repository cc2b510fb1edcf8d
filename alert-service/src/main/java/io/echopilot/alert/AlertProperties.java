package io.echopilot.alert;

import io.echopilot.events.IncidentLevel;
import io.echopilot.starter.HoldsSecret;
import io.r2dbc.postgresql.client.SSLMode;
import jakarta.validation.Valid;
import jakarta.validation.constraints.AssertTrue;
import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import jakarta.validation.constraints.NotBlank;
import jakarta.validation.constraints.NotNull;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.hibernate.validator.constraints.time.DurationMin;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.validation.annotation.Validated;

/**
 * Settings of alert-service.
 *
 * @param slack null when nobody is told there
 * @param telegram null when nobody is told there
 * @param dashboard where messages lead to; null for nowhere
 * @param history null when nothing is written down for later
 */
@ConfigurationProperties("echopilot.alert")
@Validated
public record AlertProperties(
    @Valid @Nullable Slack slack,
    @Valid @Nullable Telegram telegram,
    @Nullable URI dashboard,
    @Valid @Nullable History history) {

  @AssertTrue(message = "nobody would be told: set echopilot.alert.slack, .telegram or both")
  boolean isAnybodyTold() {
    return slack != null || telegram != null;
  }

  @AssertTrue(message = "echopilot.alert.dashboard must be an http or https address")
  boolean isDashboardAnAddress() {
    return dashboard == null
        || (dashboard.getHost() != null
            && List.of("http", "https").contains(dashboard.getScheme()));
  }

  /**
   * A channel of a Slack workspace.
   *
   * @param tokenFile holds the bot's token, which needs {@code chat:write} and {@code
   *     channels:history}; never logged
   * @param channel its id, such as {@code C0123456789}
   * @param from the mildest level that is told here
   * @param url of the Web API
   * @param timeout for one request
   */
  public record Slack(
      @NotNull @HoldsSecret Path tokenFile,
      @NotBlank String channel,
      @DefaultValue("degraded") IncidentLevel from,
      @DefaultValue("https://slack.com/api/") URI url,
      @DefaultValue("10s") @DurationMin(millis = 10) Duration timeout) {}

  /**
   * A chat that a Telegram bot may write to.
   *
   * @param tokenFile holds the bot's token; never logged
   * @param chat its id, such as {@code -1001234567890}
   * @param from the mildest level that is told here
   * @param url of the Bot API: scheme, host and port
   * @param timeout for one request
   */
  public record Telegram(
      @NotNull @HoldsSecret Path tokenFile,
      @NotBlank String chat,
      @DefaultValue("partial-outage") IncidentLevel from,
      @DefaultValue("https://api.telegram.org") URI url,
      @DefaultValue("10s") @DurationMin(millis = 10) Duration timeout) {}

  /**
   * A PostgreSQL database that incidents and deliveries are written to.
   *
   * @param passwordFile holds the user's password; never logged
   * @param sslMode as libpq has it: {@code prefer}, {@code verify-full} and so on
   */
  public record History(
      @NotBlank String host,
      @DefaultValue("5432") @Min(1) @Max(65_535) int port,
      @DefaultValue("echopilot") @NotBlank String database,
      @DefaultValue("echopilot") @NotBlank String user,
      @NotNull @HoldsSecret Path passwordFile,
      @DefaultValue("prefer") SSLMode sslMode) {}
}
