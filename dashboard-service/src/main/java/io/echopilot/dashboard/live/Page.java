package io.echopilot.dashboard.live;

import java.util.List;
import org.jspecify.annotations.Nullable;

/** What a browser gets next. */
sealed interface Page {
  /** Up to which offset everything is seen then; null when nothing was seen yet. */
  @Nullable Long seen();

  /** What came since, oldest first. */
  record Entries(List<Line> lines, @Nullable Long seen) implements Page {}

  /**
   * The whole, for one who begins or was away for too long.
   *
   * @param gap whether entries were missed
   * @param board the newest word on everything
   * @param recent newest entries, newest first
   */
  record Snapshot(long offset, boolean gap, List<String> board, List<String> recent)
      implements Page {
    @Override
    public Long seen() {
      return offset;
    }
  }

  /** An entry with its offset. */
  record Line(long offset, String json) {}
}
