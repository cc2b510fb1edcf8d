package io.echopilot.failover.stream;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Test;

class BacklogTest {
  private static final Instant START = Instant.parse("2026-11-24T10:00:00Z");
  private final Backlog backlog = new Backlog();

  @Test
  void newsIsCommittedAtOnceHoweverMuchOfIt() {
    assertThat(backlog.commitsAtOnce(at(0), at(50))).isTrue();
    assertThat(backlog.commitsAtOnce(at(1), at(51))).isTrue();
  }

  @Test
  void whatStoodInAQueueIsCommittedOncePerInterval() {
    assertThat(backlog.commitsAtOnce(at(0), at(51))).isTrue();
    assertThat(backlog.commitsAtOnce(at(1), at(52))).isFalse();
    assertThat(backlog.commitsAtOnce(at(1), at(250))).isFalse();
    assertThat(backlog.commitsAtOnce(at(1), at(251))).isTrue();
  }

  @Test
  void aDecisionNowAndThenIsCommittedAtOnceThoughTheBrokersClockIsBehind() {
    assertThat(backlog.commitsAtOnce(at(0), at(10_000))).isTrue();
    assertThat(backlog.commitsAtOnce(at(1_000), at(11_000))).isTrue();
  }

  @Test
  void viewsWaitWhileABacklogLasts() {
    assertThat(backlog.putsOffViews(at(0))).isFalse();
    backlog.commitsAtOnce(at(0), at(51));
    assertThat(backlog.putsOffViews(at(250))).isTrue();
    assertThat(backlog.putsOffViews(at(251))).isFalse();
  }

  @Test
  void viewsDoNotWaitForEver() {
    for (int millis = 100; millis <= 6_000; millis += 100) {
      backlog.commitsAtOnce(at(0), at(millis));
      assertThat(backlog.putsOffViews(at(millis))).isEqualTo(millis < 5_100);
    }
  }

  private static Instant at(int millis) {
    return START.plus(Duration.ofMillis(millis));
  }
}
