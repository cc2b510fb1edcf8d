package io.echopilot.dashboard.live;

import static io.echopilot.dashboard.Happenings.opened;
import static io.echopilot.dashboard.Happenings.resolved;
import static io.echopilot.dashboard.Happenings.state;
import static org.assertj.core.api.Assertions.assertThat;

import io.echopilot.dashboard.Happenings;
import io.echopilot.dashboard.live.Page.Entries;
import io.echopilot.dashboard.live.Page.Line;
import io.echopilot.dashboard.live.Page.Snapshot;
import io.echopilot.events.BackupEvent.BackupFailed;
import io.echopilot.events.BackupEvent.BackupVerified;
import io.echopilot.events.BackupId;
import io.echopilot.events.BackupReason;
import io.echopilot.events.BackupStep;
import io.echopilot.events.Event;
import io.echopilot.events.FailoverPhase;
import io.echopilot.events.ServiceEvent.ServiceRemoved;
import io.echopilot.events.ServiceId;
import io.echopilot.events.SourceId;
import io.echopilot.events.TimelineEvent.ProbesSummarized;
import java.time.Duration;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class LiveTimelineTest {
  private static final SourceId SOURCE = new SourceId("demo");
  private static final BackupId BACKUP = new BackupId("dr_backup_20261126_023000_demo");

  private final LiveTimeline timeline = new LiveTimeline(3);

  @Test
  void nothingIsServedBeforeEverythingIsRead() {
    happens(7, opened("a"));

    assertThat(timeline.after(null)).isEqualTo(new Entries(List.of(), null));
  }

  @Test
  void whoBeginsGetsTheBoardAndTheNewestEntries() {
    timeline.base(new Entry(Entry.NOWHERE, opened("a"), true, "opened a"));
    timeline.startAt(5);
    timeline.loaded();
    happens(6, state("demo", FailoverPhase.STEADY));
    happens(8, state("demo", FailoverPhase.SUSPECT));

    assertThat(timeline.after(null))
        .isEqualTo(
            new Snapshot(8, false, List.of("opened a", "entry 8"), List.of("entry 8", "entry 6")));
  }

  @Test
  void whoComesBackGetsWhatCameSinceAndNothingTwice() {
    timeline.loaded();
    IntStream.of(2, 4, 5).forEach(offset -> happens(offset, opened("i" + offset)));

    assertThat(timeline.after(2L))
        .isEqualTo(new Entries(List.of(new Line(4, "entry 4"), new Line(5, "entry 5")), 5L));
    assertThat(timeline.after(5L)).isEqualTo(new Entries(List.of(), 5L));
    assertThat(timeline.after(3L).seen()).isEqualTo(5);
  }

  @Test
  void whoWasAwayForTooLongIsToldOfTheGap() {
    timeline.loaded();
    IntStream.of(2, 4, 5, 6).forEach(offset -> happens(offset, opened("i" + offset)));

    assertThat(timeline.after(1L))
        .isInstanceOfSatisfying(Snapshot.class, s -> assertThat(s.gap()).isTrue());
    assertThat(timeline.after(2L).seen()).isEqualTo(6);
    assertThat(timeline.after(2L)).isInstanceOf(Entries.class);
  }

  @Test
  void whatStoodBeforeTheFirstEntryThatWasReadIsAGap() {
    timeline.startAt(100);
    timeline.loaded();

    assertThat(timeline.after(98L)).isInstanceOf(Snapshot.class);
    assertThat(timeline.after(99L)).isEqualTo(new Entries(List.of(), 99L));
  }

  /** The base was read later than that entry was written: it may know more. */
  @Test
  void anEntryThatTheBaseKnowsDoesNotPutTheBoardBack() {
    timeline.base(new Entry(Entry.NOWHERE, state("demo", FailoverPhase.BLOCKED), false, "blocked"));
    timeline.next(new Entry(1, state("demo", FailoverPhase.STEADY), false, "steady"), true);
    timeline.loaded();

    assertThat(board()).containsExactly("blocked");
  }

  @Test
  void anIncidentThatIsOverIsKeptAmongTheLast() {
    timeline.loaded();
    happens(1, opened("a"));
    happens(2, resolved("a"));
    assertThat(board()).containsExactly("entry 2");

    IntStream.rangeClosed(1, Board.RESOLVED).forEach(i -> happens(2 + i, resolved("later-" + i)));

    assertThat(board()).hasSize(Board.RESOLVED).doesNotContain("entry 2");
  }

  /** A page that begins takes the board in as it comes: the last word on a backup must be last. */
  @Test
  void aBackupThatFailedAfterOneWasProvedStandsAfterIt() {
    timeline.loaded();
    happens(1, failed());
    happens(2, verified());
    assertThat(board()).containsExactly("entry 2", "entry 2");

    happens(3, failed());

    assertThat(board()).containsExactly("entry 2", "entry 3");
  }

  @Test
  void aServiceThatIsRemovedLeavesNothing() {
    timeline.loaded();
    happens(1, state("demo", FailoverPhase.STEADY));
    happens(2, summary("demo"));
    happens(3, new ServiceRemoved(new ServiceId("demo"), 2));
    assertThat(board()).isEmpty();

    happens(4, state("shop", FailoverPhase.STEADY));
    timeline.gone("shop");
    assertThat(board()).isEmpty();
  }

  @Test
  void onlyTheLatestSummariesAreOnTheBoard() {
    timeline.loaded();
    IntStream.rangeClosed(1, Board.SUMMARIES + 5).forEach(i -> happens(i, summary("demo")));

    assertThat(board()).hasSize(Board.SUMMARIES).startsWith("entry 6");
  }

  private List<String> board() {
    return ((Snapshot) timeline.after(null)).board();
  }

  private void happens(long offset, Event event) {
    timeline.next(new Entry(offset, event, true, "entry " + offset), false);
  }

  private static BackupFailed failed() {
    return new BackupFailed(SOURCE, BACKUP, 1, BackupStep.DUMP, "no room", Happenings.NOON);
  }

  private static BackupVerified verified() {
    return new BackupVerified(
        SOURCE,
        BACKUP,
        1,
        BackupReason.FAILOVER,
        List.of(),
        List.of(),
        1,
        Duration.ofSeconds(2),
        Happenings.NOON);
  }

  private static ProbesSummarized summary(String service) {
    return new ProbesSummarized(
        new ServiceId(service), Happenings.NOON, Duration.ofMinutes(1), List.of());
  }
}
