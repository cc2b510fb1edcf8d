package io.echopilot.dashboard.live;

import io.echopilot.dashboard.live.Attendance.Absence;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Whether Kafka answers, how far the timeline is read, and who of the fleet is away. */
final class Pulse {
  private final Clock clock;
  private final Attendance attendance;
  private Instant listeningSince;
  private volatile @Nullable Beat last;

  /**
   * How the dashboard itself fares.
   *
   * @param at when Kafka was asked
   * @param kafkaAnswers whether it answered
   * @param behind entries of the timeline that are not read yet, at least 0
   * @param answeredAt when it last answered
   * @param away applications that were not heard from, in order of name; empty while Kafka is away
   */
  record Beat(
      Instant at, boolean kafkaAnswers, long behind, Instant answeredAt, List<Absence> away) {}

  Pulse(Clock clock, Attendance attendance) {
    this.clock = clock;
    this.attendance = attendance;
    this.listeningSince = clock.instant();
  }

  /** A heartbeat came. */
  void heard(String application) {
    attendance.heard(application, clock.instant());
  }

  void answered(long behind) {
    Instant now = clock.instant();
    last = new Beat(now, true, behind, now, attendance.absences(listeningSince, now));
  }

  void silent() {
    Instant now = clock.instant();
    Beat before = last;
    listeningSince = now;
    last =
        new Beat(
            now,
            false,
            before == null ? 0 : before.behind(),
            before == null ? now : before.answeredAt(),
            List.of());
  }

  /** Null until Kafka was asked for the first time. */
  @Nullable Beat last() {
    return last;
  }
}
