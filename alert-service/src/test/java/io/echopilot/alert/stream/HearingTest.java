package io.echopilot.alert.stream;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import org.junit.jupiter.api.Test;

class HearingTest {
  private static final Instant NOON = Instant.parse("2026-11-24T12:00:00Z");

  private final Hearing hearing = new Hearing();

  @Test
  void itBeginsWithTheFirstThatIsHeardAndLastsWhileSomethingIs() {
    assertThat(hearing.since(NOON)).isNull();
    for (int second = 0; second <= 60; second += 3) {
      hearing.heard(NOON.plusSeconds(second));
    }

    assertThat(hearing.since(NOON.plusSeconds(61))).isEqualTo(NOON);
  }

  @Test
  void afterAGapItBeginsAnew() {
    hearing.heard(NOON);
    assertThat(hearing.since(NOON.plusSeconds(11))).isNull();

    hearing.heard(NOON.plusSeconds(40));

    assertThat(hearing.since(NOON.plusSeconds(41))).isEqualTo(NOON.plusSeconds(40));
  }
}
