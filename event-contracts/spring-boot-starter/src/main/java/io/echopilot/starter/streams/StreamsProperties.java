package io.echopilot.starter.streams;

import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import java.time.Duration;
import org.hibernate.validator.constraints.time.DurationMin;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.validation.annotation.Validated;

/**
 * How Kafka Streams runs.
 *
 * @param sessionTimeout after which a silent replica is replaced; brokers refuse less than their
 *     {@code group.min.session.timeout.ms}
 * @param transactionTimeout after which a dead replica's transaction is aborted
 * @param standbys replicas that keep warm copies of the state
 */
@ConfigurationProperties("echopilot.streams")
@Validated
public record StreamsProperties(
    @Nullable String stateDir,
    @DefaultValue("4") @Min(1) @Max(64) int threads,
    @DefaultValue("1") @Min(0) @Max(8) int standbys,
    @DefaultValue("6s") @DurationMin(millis = 100) Duration sessionTimeout,
    @DefaultValue("10s") @DurationMin(millis = 1000) Duration transactionTimeout) {
  public StreamsProperties {
    if (stateDir == null) {
      stateDir = System.getProperty("java.io.tmpdir") + "/echopilot-streams";
    }
  }
}
