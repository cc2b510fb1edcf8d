package io.echopilot.prober.job;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.echopilot.events.JobEvent.JobReported;
import io.echopilot.events.LocationId;
import io.echopilot.events.ProbeId;
import io.echopilot.events.ServiceId;
import io.echopilot.events.SiteId;
import io.echopilot.prober.job.AwaitedJobs.Awaited;
import io.echopilot.prober.publish.KafkaContact;
import io.echopilot.probes.JobReports;
import io.echopilot.probes.Secrets;
import io.echopilot.probes.Secrets.MissingSecretException;
import io.echopilot.probes.Target;
import io.echopilot.starter.EventPublisher;
import java.security.MessageDigest;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Takes the reports of jobs, and tells probes when a job last reported in. */
final class JobDesk implements JobReports {
  private static final Logger log = LoggerFactory.getLogger(JobDesk.class);
  private static final Duration PATIENCE = Duration.ofSeconds(10);

  private final AwaitedJobs awaited;
  private final NewestReports newest;
  private final BooleanSupplier caughtUp;
  private final KafkaContact contact;
  private final Secrets secrets;
  private final EventPublisher publisher;
  private final LocationId location;
  private final Clock clock;

  /** What becomes of a report. */
  enum Answer {
    /** All in-sync replicas have it. */
    TAKEN,
    /** No such probe waits for a job, or the service has no such site. */
    UNKNOWN,
    WRONG_TOKEN,
    /** Neither taken nor refused: to be tried again. */
    LATER
  }

  /**
   * Makes a desk.
   *
   * @param caughtUp whether all definitions and reports were read
   */
  JobDesk(
      AwaitedJobs awaited,
      NewestReports newest,
      BooleanSupplier caughtUp,
      KafkaContact contact,
      Secrets secrets,
      EventPublisher publisher,
      LocationId location,
      Clock clock) {
    this.awaited = awaited;
    this.newest = newest;
    this.caughtUp = caughtUp;
    this.contact = contact;
    this.secrets = secrets;
    this.publisher = publisher;
    this.location = location;
    this.clock = clock;
  }

  @Override
  public Optional<Standing> of(Target target) {
    if (!caughtUp.getAsBoolean()) {
      return Optional.empty();
    }
    @Nullable Instant lost = contact.lastBroken(clock.instant()).orElse(null);
    return newest
        .of(target.service(), target.probe(), target.site())
        .map(at -> new Standing(at, true, lost))
        .or(() ->
            awaited
                .of(target.service(), target.probe())
                .map(job -> new Standing(job.since(), false, lost)));
  }

  /**
   * Takes a report.
   *
   * @param site for which the job speaks; null for all
   * @param token that the job shows; null when it shows none
   * @return completes with {@link Answer#TAKEN} once nothing can make the report forgotten
   */
  CompletableFuture<Answer> report(
      ServiceId service, ProbeId probe, @Nullable SiteId site, @Nullable String token) {
    if (!caughtUp.getAsBoolean()) {
      return CompletableFuture.completedFuture(Answer.LATER);
    }
    Optional<Awaited> job =
        awaited
            .of(service, probe)
            .filter(found -> site == null || found.definition().hasSite(site));
    if (job.isEmpty()) {
      return CompletableFuture.completedFuture(Answer.UNKNOWN);
    }
    try {
      return isSame(secrets.value(job.get().token()), token)
          ? keep(new JobReported(service, probe, site, location, clock.instant()))
          : CompletableFuture.completedFuture(Answer.WRONG_TOKEN);
    } catch (MissingSecretException e) {
      log.warn("{}/{} reported in and can't be believed: {}", service, probe, e.getMessage());
      return CompletableFuture.completedFuture(Answer.LATER);
    }
  }

  /** Takes as long for a token that is nearly right as for any other of its length. */
  private static boolean isSame(String secret, @Nullable String token) {
    return token != null && MessageDigest.isEqual(secret.getBytes(UTF_8), token.getBytes(UTF_8));
  }

  private CompletableFuture<Answer> keep(JobReported report) {
    return publisher
        .publish(report)
        .thenApply(_ -> Answer.TAKEN)
        .orTimeout(PATIENCE.toMillis(), TimeUnit.MILLISECONDS)
        .exceptionally(failure -> {
          contact.lost(clock.instant());
          log.warn(
              "{} reported in, but Kafka does not take it; it was told to try again: {}",
              report.subject(),
              failure.toString());
          return Answer.LATER;
        });
  }
}
