package io.echopilot.backup.plan;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;

import io.echopilot.backup.plan.BackupPlan.Outcome;
import io.echopilot.backup.plan.BackupPlan.Request;
import io.echopilot.events.BackupCommand.BackupRequested;
import io.echopilot.events.BackupEvent;
import io.echopilot.events.BackupEvent.BackupFailed;
import io.echopilot.events.BackupEvent.BackupVerificationFailed;
import io.echopilot.events.BackupEvent.BackupVerified;
import io.echopilot.events.BackupId;
import io.echopilot.events.BackupReason;
import io.echopilot.events.BackupStep;
import io.echopilot.events.SourceId;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class BackupPlanTest {
  private static final SourceId DEMO = new SourceId("demo");
  private static final Schedule NIGHTLY = nightly("nightly", Duration.ofMinutes(150), 4);

  private @Nullable SourceState state;
  private final List<Request> requests = new ArrayList<>();

  @Test
  void aNewSourceIsBackedUpWhenItIsDueAndNotAtOnce() {
    time("2026-11-26T01:00:00Z");
    time("2026-11-26T02:29:59.900Z");
    assertThat(requests).isEmpty();

    time("2026-11-26T02:30:00.040Z");
    assertThat(names()).containsExactly("dr_backup_20261126_023000_demo");
    assertThat(requests.getFirst().id()).isEqualTo("demo/schedule/2026-11-26T02:30:00Z");
    assertThat(requests.getFirst().event())
        .extracting(BackupRequested::reason, BackupRequested::attempt)
        .containsExactly(BackupReason.SCHEDULE, 1);
  }

  @Test
  void oneDueTimeIsOneRequestHoweverOftenTimePasses() {
    time("2026-11-26T01:00:00Z");
    for (int i = 0; i < 50; i++) {
      time(Instant.parse("2026-11-26T02:30:00Z").plusMillis(100L * i));
    }

    assertThat(requests).hasSize(1);
  }

  @Test
  void whatWasMissedInAStopIsMadeAtOnce() {
    time("2026-11-26T01:00:00Z");
    time("2026-11-26T09:15:00Z");

    assertThat(names()).containsExactly("dr_backup_20261126_091500_demo");
    assertThat(requests.getFirst().id()).isEqualTo("demo/schedule/2026-11-26T02:30:00Z");
  }

  @Test
  void severalMissedOnesAreMadeUpForOnceAndTheNextIsAtItsOwnTime() {
    time("2026-11-26T01:00:00Z");
    time("2026-11-29T09:15:00Z");
    time("2026-11-29T09:15:01Z");
    assertThat(names()).containsExactly("dr_backup_20261129_091500_demo");

    time("2026-11-30T02:30:00Z");
    assertThat(requests).hasSize(2);
  }

  @Test
  void anotherScheduleCountsFromNowOn() {
    time("2026-11-26T01:00:00Z");
    Schedule noon = nightly("noon", Duration.ofHours(12), 4);

    take(BackupPlan.due(DEMO, state, Instant.parse("2026-11-26T02:00:00Z"), noon));
    take(BackupPlan.due(DEMO, state, Instant.parse("2026-11-26T02:30:00Z"), noon));
    assertThat(requests).isEmpty();

    take(BackupPlan.due(DEMO, state, Instant.parse("2026-11-26T12:00:00Z"), noon));
    assertThat(requests).hasSize(1);
  }

  @Test
  void aFailedBackupIsTriedAgainUnderItsNameWithLongerAndLongerWaits() {
    BackupRequested first = asked("2026-11-26T10:00:00Z", BackupReason.FAILOVER, 1);

    hear("2026-11-26T10:00:05Z", failed(first.backup(), 1));
    time("2026-11-26T10:01:04Z");
    assertThat(requests).isEmpty();
    time("2026-11-26T10:01:05Z");
    assertThat(requests).hasSize(1);

    hear("2026-11-26T10:01:10Z", failed(first.backup(), 2));
    time("2026-11-26T10:03:09Z");
    assertThat(requests).hasSize(1);
    time("2026-11-26T10:03:10Z");

    hear("2026-11-26T10:03:20Z", noGood(first.backup(), 3));
    time("2026-11-26T10:06:19Z");
    assertThat(requests).hasSize(2);
    time("2026-11-26T10:06:20Z");

    assertThat(names()).containsOnly(first.backup().value());
    assertThat(requests).extracting(r -> r.event().attempt()).containsExactly(2, 3, 4);
    assertThat(requests).extracting(r -> r.event().reason()).containsOnly(BackupReason.FAILOVER);
    assertThat(requests.getFirst().id()).isEqualTo(first.backup() + "/2/requested");
  }

  @Test
  void afterTheLastAttemptItIsGivenUp() {
    BackupRequested last = asked("2026-11-26T10:00:00Z", BackupReason.REQUEST, 4);

    hear("2026-11-26T10:00:05Z", failed(last.backup(), 4));
    time("2026-11-26T23:00:00Z");

    assertThat(requests).isEmpty();
    assertThat(state().pending()).isEmpty();
  }

  @Test
  void anOldFailureThatIsToldAgainChangesNothing() {
    BackupRequested first = asked("2026-11-26T10:00:00Z", BackupReason.REQUEST, 1);
    hear("2026-11-26T10:00:05Z", failed(first.backup(), 1));
    time("2026-11-26T10:01:05Z");

    hear("2026-11-26T10:01:06Z", failed(first.backup(), 1));
    asked("2026-11-26T10:00:00Z", BackupReason.REQUEST, 1);
    time("2026-11-26T10:30:00Z");

    assertThat(requests).hasSize(1);
  }

  @Test
  void aProvedBackupIsDone() {
    BackupRequested first = asked("2026-11-26T10:00:00Z", BackupReason.REQUEST, 1);

    hear("2026-11-26T10:00:09Z", verified(first.backup()));

    assertThat(state().pending()).isEmpty();
  }

  @Test
  void aNewerProvedBackupMakesFurtherAttemptsAtAnOlderOnePointless() {
    BackupRequested older = asked("2026-11-26T10:00:00Z", BackupReason.FAILOVER, 1);
    BackupRequested newer = asked("2026-11-26T10:00:02Z", BackupReason.REQUEST, 1);
    hear("2026-11-26T10:00:05Z", failed(older.backup(), 1));

    hear("2026-11-26T10:00:09Z", verified(newer.backup()));
    time("2026-11-26T11:00:00Z");

    assertThat(requests).isEmpty();
  }

  @Test
  void anOlderProvedBackupDoesNotStandInForANewerOne() {
    BackupRequested older = asked("2026-11-26T10:00:00Z", BackupReason.REQUEST, 1);
    BackupRequested newer = asked("2026-11-26T10:00:02Z", BackupReason.FAILOVER, 1);
    hear("2026-11-26T10:00:05Z", failed(newer.backup(), 1));

    hear("2026-11-26T10:00:09Z", verified(older.backup()));
    time("2026-11-26T11:00:00Z");

    assertThat(names()).containsExactly(newer.backup().value());
  }

  @Test
  void waitsStopGrowingAtTheLongest() {
    assertThat(NIGHTLY.waitAfter(1)).isEqualTo(Duration.ofMinutes(1));
    assertThat(NIGHTLY.waitAfter(2)).isEqualTo(Duration.ofMinutes(2));
    assertThat(NIGHTLY.waitAfter(3)).isEqualTo(Duration.ofMinutes(3));
    assertThat(NIGHTLY.waitAfter(1_000_000)).isEqualTo(Duration.ofMinutes(3));
  }

  private static Schedule nightly(String text, Duration afterMidnight, int attempts) {
    return new Schedule(
        text,
        time -> {
          Instant today = time.truncatedTo(ChronoUnit.DAYS).plus(afterMidnight);
          return today.isAfter(time) ? today : today.plus(1, ChronoUnit.DAYS);
        },
        attempts,
        Duration.ofMinutes(1),
        Duration.ofMinutes(3));
  }

  private void time(String at) {
    time(Instant.parse(at));
  }

  private void time(Instant at) {
    take(BackupPlan.due(DEMO, state, at, NIGHTLY));
  }

  private void take(Outcome outcome) {
    state = outcome.state();
    requests.addAll(outcome.requests());
  }

  private BackupRequested asked(String at, BackupReason reason, int attempt) {
    Instant now = Instant.parse(at);
    BackupRequested request =
        new BackupRequested(DEMO, BackupId.of(DEMO, now), reason, null, attempt, now);
    state = BackupPlan.asked(state, request, now, NIGHTLY);
    return request;
  }

  private void hear(String at, BackupEvent event) {
    state = BackupPlan.heard(state(), event, Instant.parse(at), NIGHTLY);
  }

  private SourceState state() {
    return requireNonNull(state);
  }

  private List<String> names() {
    return requests.stream().map(request -> request.event().backup().value()).toList();
  }

  private static BackupFailed failed(BackupId backup, int attempt) {
    return new BackupFailed(
        DEMO, backup, attempt, BackupStep.DUMP, "the server is gone", Instant.EPOCH);
  }

  private static BackupVerificationFailed noGood(BackupId backup, int attempt) {
    return new BackupVerificationFailed(
        DEMO, backup, attempt, BackupStep.READ_BACK, List.of("a byte"), Instant.EPOCH);
  }

  private static BackupVerified verified(BackupId backup) {
    return new BackupVerified(
        DEMO,
        backup,
        1,
        BackupReason.REQUEST,
        List.of(),
        List.of(),
        1,
        Duration.ZERO,
        Instant.EPOCH);
  }
}
