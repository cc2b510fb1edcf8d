package io.echopilot.backup.plan;

import io.echopilot.events.BackupCommand;
import io.echopilot.events.BackupCommand.BackupRequested;
import io.echopilot.events.BackupEvent;
import io.echopilot.events.BackupEvent.BackupCompleted;
import io.echopilot.events.BackupEvent.BackupFailed;
import io.echopilot.events.BackupEvent.BackupInterrupted;
import io.echopilot.events.BackupEvent.BackupStarted;
import io.echopilot.events.BackupEvent.BackupVerificationFailed;
import io.echopilot.events.BackupEvent.BackupVerified;
import io.echopilot.events.BackupId;
import io.echopilot.events.BackupReason;
import io.echopilot.events.SourceId;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * When a backup of a source is asked for. What was missed is made up for once, however much it was;
 * a backup that failed is tried again under its name.
 */
public final class BackupPlan {
  private BackupPlan() {}

  /**
   * A request and the id of its event, made from what it follows from.
   *
   * @param id the same for the same cause
   */
  public record Request(String id, BackupRequested event) {}

  /**
   * What follows.
   *
   * @param requests in order
   */
  public record Outcome(SourceState state, List<Request> requests) {
    public Outcome {
      requests = List.copyOf(requests);
    }
  }

  /** Time passed: what is due is asked for. */
  public static Outcome due(
      SourceId source, @Nullable SourceState before, Instant now, Schedule schedule) {
    SourceState state = before == null ? begin(now, schedule) : before;
    List<Request> requests = new ArrayList<>();
    if (!state.nextDue().isAfter(now)) {
      BackupId backup = BackupId.of(source, now);
      String id = "%s/schedule/%s".formatted(source, state.nextDue());
      Pending asked = new Pending(BackupReason.SCHEDULE, null, 1, null);
      requests.add(request(id, source, backup, asked, now));
      state = state.with(backup, asked).next(schedule.timetable().after(now));
    }
    if (!state.schedule().equals(schedule.text())) {
      state = new SourceState(schedule.text(), schedule.timetable().after(now), state.pending());
    }
    for (Map.Entry<BackupId, Pending> entry : new TreeMap<>(state.pending()).entrySet()) {
      if (entry.getValue().isDue(now)) {
        Pending again = entry.getValue().again();
        String id = "%s/%d/requested".formatted(entry.getKey(), again.attempt());
        requests.add(request(id, source, entry.getKey(), again, now));
        state = state.with(entry.getKey(), again);
      }
    }
    return new Outcome(state, requests);
  }

  /** A backup was asked for: by this plan, by a failover, or by a person. */
  public static SourceState asked(
      @Nullable SourceState before, BackupCommand command, Instant now, Schedule schedule) {
    SourceState state = before == null ? begin(now, schedule) : before;
    return switch (command) {
      case BackupRequested request -> {
        Pending known = state.pending().get(request.backup());
        yield known != null && known.attempt() >= request.attempt()
            ? state
            : state.with(
                request.backup(),
                new Pending(request.reason(), request.service(), request.attempt(), null));
      }
    };
  }

  /** Something became of a backup. */
  public static SourceState heard(
      SourceState state, BackupEvent event, Instant now, Schedule schedule) {
    return switch (event) {
      case BackupVerified verified -> proved(state, verified.backup());
      case BackupFailed failed -> failed(state, failed.backup(), failed.attempt(), now, schedule);
      case BackupVerificationFailed failed ->
          failed(state, failed.backup(), failed.attempt(), now, schedule);
      case BackupStarted _, BackupInterrupted _, BackupCompleted _ -> state;
    };
  }

  /** The first backup is made when it is due, and not because the service is new. */
  private static SourceState begin(Instant now, Schedule schedule) {
    return new SourceState(schedule.text(), schedule.timetable().after(now), Map.of());
  }

  /** A newer one is proved, so those before it need no further attempt. */
  private static SourceState proved(SourceState state, BackupId backup) {
    SourceState after = state.without(backup);
    for (Map.Entry<BackupId, Pending> entry : state.pending().entrySet()) {
      if (entry.getValue().retryAt() != null && entry.getKey().compareTo(backup) < 0) {
        after = after.without(entry.getKey());
      }
    }
    return after;
  }

  private static SourceState failed(
      SourceState state, BackupId backup, int attempt, Instant now, Schedule schedule) {
    Pending asked = state.pending().get(backup);
    if (asked == null || asked.attempt() != attempt || asked.retryAt() != null) {
      return state;
    }
    return attempt >= schedule.attempts()
        ? state.without(backup)
        : state.with(backup, asked.waiting(now.plus(schedule.waitAfter(attempt))));
  }

  private static Request request(
      String id, SourceId source, BackupId backup, Pending asked, Instant now) {
    return new Request(
        id,
        new BackupRequested(source, backup, asked.reason(), asked.service(), asked.attempt(), now));
  }
}
