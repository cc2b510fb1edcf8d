package io.echopilot.backup.plan;

import io.echopilot.backup.plan.BackupPlan.Request;
import io.echopilot.events.BackupCommand.BackupRequested;
import io.echopilot.events.BackupId;
import io.echopilot.events.BackupReason;
import io.echopilot.events.Epoch;
import io.echopilot.events.FailoverEvent.FailoverCompleted;
import io.echopilot.events.SourceId;
import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Safety backups of the databases that a service uses: asked for when its failover is complete,
 * never before or during a switch.
 *
 * @param seen the newest failover that was answered
 */
public record SafetyPlan(Epoch seen) {
  /** A failover that is older is history: nobody waits for a backup of then. */
  static final Duration FRESH = Duration.ofHours(24);

  /**
   * What follows.
   *
   * @param requests one for each database
   */
  public record Outcome(SafetyPlan plan, List<Request> requests) {
    public Outcome {
      requests = List.copyOf(requests);
    }
  }

  /**
   * A failover is complete; the same one again asks for nothing.
   *
   * @param sources that the service uses
   */
  public static Outcome completed(
      @Nullable SafetyPlan before,
      FailoverCompleted event,
      Collection<SourceId> sources,
      Instant now) {
    if (before != null && !event.epoch().isAfter(before.seen())) {
      return new Outcome(before, List.of());
    }
    SafetyPlan after = new SafetyPlan(event.epoch());
    Instant at = event.rationale().now();
    if (at.isBefore(now.minus(FRESH))) {
      return new Outcome(after, List.of());
    }
    return new Outcome(
        after, sources.stream().sorted().map(source -> request(event, source, at)).toList());
  }

  private static Request request(FailoverCompleted event, SourceId source, Instant at) {
    return new Request(
        "%s/failover/%s/%s".formatted(source, event.service(), event.decisionId()),
        new BackupRequested(
            source, BackupId.of(source, at), BackupReason.FAILOVER, event.service(), 1, at));
  }
}
