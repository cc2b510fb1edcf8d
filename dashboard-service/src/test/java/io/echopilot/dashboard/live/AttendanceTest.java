package io.echopilot.dashboard.live;

import static org.assertj.core.api.Assertions.assertThat;

import io.echopilot.dashboard.live.Attendance.Absence;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

class AttendanceTest {
  private static final Instant START = Instant.parse("2026-11-26T12:00:00Z");

  private final Attendance attendance =
      new Attendance(Set.of("failover-service", "alert-service"), Duration.ofSeconds(9));

  @Test
  void whoWasHeardOfLateIsThere() {
    attendance.heard("failover-service", at(8));
    attendance.heard("alert-service", at(10));

    assertThat(away(START, at(17))).isEmpty();
  }

  @Test
  void whoMissedThreeBeatsIsAwayWithTheTimeOfTheLast() {
    attendance.heard("failover-service", at(8));
    attendance.heard("alert-service", at(18));

    assertThat(away(START, at(18))).containsExactly(new Absence("failover-service", at(8)));

    attendance.heard("failover-service", at(19));
    assertThat(away(START, at(20))).isEmpty();
  }

  @Test
  void whoWasNeverHeardIsAwayOnceThereWasTimeToHearThem() {
    attendance.heard("alert-service", at(5));

    assertThat(away(START, at(8))).isEmpty();
    assertThat(away(START, at(9))).containsExactly(new Absence("failover-service", null));
  }

  @Test
  void nobodyIsBlamedForWhatCouldNotBeHeard() {
    attendance.heard("failover-service", at(1));
    attendance.heard("alert-service", at(1));

    assertThat(away(at(60), at(62))).isEmpty();
  }

  @Test
  void whoIsNotExpectedMayComeAndGo() {
    attendance.heard("guest", at(1));
    attendance.heard("failover-service", at(60));
    attendance.heard("alert-service", at(60));

    assertThat(away(START, at(60))).isEmpty();
  }

  private List<Absence> away(Instant listeningSince, Instant now) {
    return attendance.absences(listeningSince, now);
  }

  private static Instant at(int second) {
    return START.plusSeconds(second);
  }
}
