package io.echopilot.dashboard;

import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import java.time.Duration;
import java.util.Set;
import org.hibernate.validator.constraints.time.DurationMax;
import org.hibernate.validator.constraints.time.DurationMin;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.validation.annotation.Validated;

/**
 * Settings of dashboard-service.
 *
 * @param span what one summary of probe results covers; shorter ones make the timeline longer
 * @param kept newest entries of the timeline that are held for browsers that come back; about 1 kB
 *     each
 * @param expects applications that must be heard from, each by the heartbeats of at least one
 *     instance
 * @param patience after how long without a heartbeat an application is said to be away; three
 *     heartbeats by default
 */
@ConfigurationProperties("echopilot.dashboard")
@Validated
public record DashboardProperties(
    @DefaultValue("1m") @DurationMin(seconds = 1) @DurationMax(hours = 1) Duration span,
    @DefaultValue("10000") @Min(100) @Max(1_000_000) int kept,
    @DefaultValue({"prober-service", "failover-service", "alert-service", "backup-service"})
        Set<String> expects,
    @DefaultValue("9s") @DurationMin(seconds = 1) Duration patience) {}
