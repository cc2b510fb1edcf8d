package io.echopilot.dashboard.live;

import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Which applications of the fleet were heard of late, by their heartbeats. Not thread-safe. */
final class Attendance {
  private final List<String> expected;
  private final Duration patience;
  private final Map<String, Instant> lastHeard = new HashMap<>();

  /**
   * An application that was not heard from for so long that it must be taken for away.
   *
   * @param lastHeard null when it was not since this instance runs
   */
  record Absence(String application, @Nullable Instant lastHeard) {}

  Attendance(Set<String> expected, Duration patience) {
    this.expected = expected.stream().sorted().toList();
    this.patience = patience;
  }

  void heard(String application, Instant at) {
    lastHeard.put(application, at);
  }

  /**
   * Who is away.
   *
   * @param listeningSince nobody can be blamed for what was not heard before
   */
  List<Absence> absences(Instant listeningSince, Instant now) {
    return listeningSince.plus(patience).isAfter(now)
        ? List.of()
        : expected.stream()
            .map(application -> new Absence(application, lastHeard.get(application)))
            .filter(absence -> isLongAgo(absence.lastHeard(), now))
            .toList();
  }

  private boolean isLongAgo(@Nullable Instant heard, Instant now) {
    return heard == null || heard.plus(patience).isBefore(now);
  }
}
