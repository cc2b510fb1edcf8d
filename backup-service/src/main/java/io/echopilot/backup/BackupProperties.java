package io.echopilot.backup;

import io.echopilot.events.ServiceId;
import jakarta.validation.Valid;
import jakarta.validation.constraints.AssertTrue;
import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import jakarta.validation.constraints.NotBlank;
import jakarta.validation.constraints.NotEmpty;
import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Pattern;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.hibernate.validator.constraints.time.DurationMin;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.scheduling.support.CronExpression;
import org.springframework.validation.annotation.Validated;

/**
 * Settings of backup-service.
 *
 * @param folder where backups are kept
 * @param work where they are made and restored; needs room for a whole database, uncompressed
 * @param tools folder of {@code pg_dump} and {@code pg_restore}; null takes the newest installed
 * @param scratch server where backups are restored for their proof; null takes the source's own
 * @param sources what is backed up, by name
 */
@ConfigurationProperties("echopilot.backup")
@Validated
public record BackupProperties(
    @NotNull Path folder,
    @NotNull Path work,
    @Nullable Path tools,
    @DefaultValue @Valid Retry retry,
    @Valid @Nullable Server scratch,
    @NotEmpty
        Map<
                @Pattern(regexp = "[a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?", message = NAME) String,
                @Valid Source>
            sources) {
  private static final String NAME =
      "a source's name must be 1 to 63 lower-case letters, digits or inner hyphens";

  /**
   * What becomes of a backup that failed.
   *
   * @param attempts at most, the first included
   * @param firstWait before the second; doubled before each further one
   */
  public record Retry(
      @DefaultValue("12") @Min(1) @Max(100) int attempts,
      @DefaultValue("1m") @DurationMin(millis = 100) Duration firstWait,
      @DefaultValue("15m") @DurationMin(millis = 100) Duration longestWait) {}

  /**
   * A PostgreSQL server and a role of it.
   *
   * @param database that exists there, to connect to
   * @param passwordFile holds the role's password; read at each use, never logged
   * @param sslMode as libpq has it: {@code disable} to {@code verify-full}
   */
  public record Server(
      @NotBlank String host,
      @DefaultValue("5432") @Min(1) @Max(65_535) int port,
      @NotBlank String database,
      @NotBlank String user,
      @NotNull Path passwordFile,
      @DefaultValue("prefer")
          @Pattern(regexp = "disable|allow|prefer|require|verify-ca|verify-full")
          String sslMode) {
    @AssertTrue(message = "password-file can't be read")
    boolean isPasswordFileReadable() {
      return passwordFile == null || Files.isReadable(passwordFile);
    }
  }

  /**
   * A database that is backed up.
   *
   * @param server where it is; the role reads all of it and, without a scratch server, may create
   *     databases
   * @param services whose failover asks for a safety backup
   * @param cron when it is backed up, in UTC: second, minute, hour, day, month, weekday
   * @param queries of the owner, each with one value, that the restored database must answer alike
   * @param jobs that dump and restore in parallel
   * @param timeLimit for dump and proof together
   * @param lockWait how long a dump waits for a table that somebody holds
   */
  public record Source(
      @NotNull @Valid Server server,
      @DefaultValue Set<ServiceId> services,
      @DefaultValue("0 30 2 * * *") String cron,
      @DefaultValue List<@NotBlank String> queries,
      @DefaultValue("2") @Min(1) @Max(64) int jobs,
      @DefaultValue("4h") @DurationMin(seconds = 1) Duration timeLimit,
      @DefaultValue("30s") @DurationMin(millis = 1) Duration lockWait) {
    public Source {
      services = Set.copyOf(services);
      queries = List.copyOf(queries);
    }

    @AssertTrue(
        message = "cron needs second, minute, hour, day, month and weekday, as 0 30 2 * * *")
    boolean isCronUsable() {
      return CronExpression.isValidExpression(cron);
    }
  }
}
