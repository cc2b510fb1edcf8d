package io.echopilot.probes.heartbeat;

import io.echopilot.events.ProbeError;
import io.echopilot.events.ProbeError.Kind;
import io.echopilot.events.ProbeRun.Phases;
import io.echopilot.probes.Finding;
import io.echopilot.probes.JobReports;
import io.echopilot.probes.JobReports.Standing;
import io.echopilot.probes.Probe;
import io.echopilot.probes.Secrets;
import io.echopilot.probes.Secrets.MissingSecretException;
import io.echopilot.probes.Target;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;

/** Looks when the job last reported in. */
final class HeartbeatProbe implements Probe {
  private static final Phases NONE = new Phases(null, null, null, null, Duration.ZERO);

  private final HeartbeatCheck check;
  private final Target target;
  private final JobReports jobs;
  private final Secrets secrets;
  private final Clock clock;

  HeartbeatProbe(
      HeartbeatCheck check, Target target, JobReports jobs, Secrets secrets, Clock clock) {
    this.check = check;
    this.target = target;
    this.jobs = jobs;
    this.secrets = secrets;
    this.clock = clock;
  }

  @Override
  public CompletableFuture<Finding> run() {
    Instant now = clock.instant();
    return CompletableFuture.completedFuture(
        jobs.of(target)
            .map(standing -> judge(standing, now))
            .orElseGet(() ->
                Finding.notCarriedOut("this prober has not read yet when jobs last reported in")));
  }

  private Finding judge(Standing standing, Instant now) {
    boolean late = now.isAfter(standing.at().plus(check.patience()));
    if (!late && !standing.reported()) {
      return Finding.notCarriedOut(
          "the job has never reported in yet; it is late from %s on"
              .formatted(shown(standing.at().plus(check.patience()))));
    }
    Instant deaf = standing.deaf();
    if (late && deaf != null && !now.isAfter(deaf.plus(check.patience()))) {
      return Finding.notCarriedOut(
          "no report could be kept at %s, so the job may have reported in vain; it is late from %s on"
              .formatted(shown(deaf), shown(deaf.plus(check.patience()))));
    }
    Optional<String> missing = late ? missingSecret() : Optional.empty();
    return missing.map(Finding::notCarriedOut).orElseGet(() -> told(late, standing, now));
  }

  /** Without it no report can be believed here, and the job may have reported in vain. */
  private Optional<String> missingSecret() {
    try {
      secrets.value(check.token());
      return Optional.empty();
    } catch (MissingSecretException e) {
      return Optional.of(String.valueOf(e.getMessage()));
    }
  }

  private Finding told(boolean late, Standing standing, Instant now) {
    return new Finding(
        late ? late(standing) : null, null, null, numbers(standing, now), List.of(), NONE);
  }

  private ProbeError late(Standing standing) {
    String last =
        standing.reported()
            ? "the job last reported in at " + shown(standing.at())
            : "the job has never reported in since it was defined at " + shown(standing.at());
    return new ProbeError(
        Kind.LATE,
        "%s; with a period of %s and a grace of %s it was due by %s"
            .formatted(
                last,
                shown(check.period()),
                shown(check.grace()),
                shown(standing.at().plus(check.patience()))));
  }

  /** The silence is a series; a broker whose clock is ahead makes it no shorter than none. */
  private static Map<String, Double> numbers(Standing standing, Instant now) {
    double silence = Duration.between(standing.at(), now).toMillis() / 1_000.0;
    return standing.reported() ? Map.of("silence", Math.max(0, silence)) : Map.of();
  }

  private static String shown(Instant instant) {
    return instant.truncatedTo(ChronoUnit.SECONDS).toString();
  }

  /** As it is written in a definition, such as 5m or 1h30m. */
  private static String shown(@Nullable Duration duration) {
    String text = String.valueOf(duration).toLowerCase(Locale.ROOT);
    return text.replaceFirst("^pt", "");
  }
}
