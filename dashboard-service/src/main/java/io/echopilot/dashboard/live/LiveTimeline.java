package io.echopilot.dashboard.live;

import io.echopilot.dashboard.live.Page.Entries;
import io.echopilot.dashboard.live.Page.Snapshot;
import io.echopilot.events.TimelineEvent;
import java.util.List;
import java.util.concurrent.ConcurrentNavigableMap;
import java.util.concurrent.ConcurrentSkipListMap;
import org.jspecify.annotations.Nullable;

/**
 * The newest entries of the timeline and the board that they lead to. One thread writes, any may
 * read.
 */
final class LiveTimeline {
  /** Entries that a snapshot carries beside the board, of those that say something to a person. */
  static final int RECENT = 200;

  private final int kept;
  private final Board board = new Board();
  private final ConcurrentNavigableMap<Long, Kept> entries = new ConcurrentSkipListMap<>();
  private long floor = Entry.NOWHERE;
  private long last = Entry.NOWHERE;
  private boolean loaded;

  /**
   * An entry.
   *
   * @param spoken whether it says something to a person
   */
  private record Kept(String json, boolean spoken) {}

  LiveTimeline(int kept) {
    this.kept = kept;
  }

  /** What was known before the timeline is followed, from an event's own topic. */
  synchronized void base(Entry entry) {
    board.take(entry.event(), entry.json());
  }

  /** A key of a compacted topic was taken away: the service is no longer protected. */
  synchronized void gone(String service) {
    board.removeService(service);
  }

  /**
   * From here on the timeline is read: what stands before was not.
   *
   * @param offset of the first entry that is read, or would be if there were one
   */
  synchronized void startAt(long offset) {
    floor = offset - 1;
    last = offset - 1;
  }

  /**
   * The next entry of the timeline.
   *
   * @param known whether the base holds it already, or what came after it
   */
  synchronized void next(Entry entry, boolean known) {
    entries.put(entry.offset(), new Kept(entry.json(), entry.spoken()));
    last = entry.offset();
    if (!known || entry.event() instanceof TimelineEvent) {
      board.take(entry.event(), entry.json());
    }
    while (entries.size() > kept) {
      floor = entries.pollFirstEntry().getKey();
    }
  }

  /** Nothing is served before: half a board would be taken for a whole one. */
  synchronized void loaded() {
    loaded = true;
  }

  synchronized boolean isLoaded() {
    return loaded;
  }

  /** Offset of the newest entry that was read. */
  synchronized long last() {
    return last;
  }

  /**
   * What follows for one who has seen everything up to an offset.
   *
   * @param seen null for one who has seen nothing
   */
  synchronized Page after(@Nullable Long seen) {
    if (!loaded) {
      return new Entries(List.of(), seen);
    }
    if (seen == null || seen < floor) {
      return new Snapshot(
          last,
          seen != null,
          board.entries(),
          entries.descendingMap().values().stream()
              .filter(Kept::spoken)
              .limit(RECENT)
              .map(Kept::json)
              .toList());
    }
    var more = entries.tailMap(seen, false);
    return new Entries(
        more.entrySet().stream()
            .map(each -> new Page.Line(each.getKey(), each.getValue().json()))
            .toList(),
        more.isEmpty() ? seen : more.lastKey());
  }
}
