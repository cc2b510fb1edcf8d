package io.echopilot.dashboard.summary;

import static io.echopilot.dashboard.Happenings.NOON;
import static io.echopilot.dashboard.Happenings.probe;
import static io.echopilot.dashboard.Happenings.success;
import static org.assertj.core.api.Assertions.assertThat;

import io.echopilot.events.Outcome;
import io.echopilot.events.ServiceId;
import io.echopilot.events.SiteId;
import io.echopilot.events.TimelineEvent.ProbesSummarized;
import io.echopilot.events.TimelineEvent.SiteSummary;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;

class OpenSpanTest {
  private static final Duration MINUTE = Duration.ofMinutes(1);
  private final OpenSpan empty =
      OpenSpan.around(new ServiceId("demo"), NOON.plusSeconds(59), MINUTE);

  @Test
  void aSpanBeginsAtAWholeMultipleOfItsLength() {
    assertThat(empty.from()).isEqualTo(NOON);
    assertThat(OpenSpan.around(new ServiceId("demo"), Instant.ofEpochSecond(-1), MINUTE).from())
        .isEqualTo(Instant.ofEpochSecond(-60));
  }

  @Test
  void itIsOverAtItsEndAndNotBefore() {
    assertThat(empty.isOver(NOON.plusMillis(59_999))).isFalse();
    assertThat(empty.isOver(NOON.plusSeconds(60))).isTrue();
  }

  @Test
  void sitesAreSummedUpEachForItself() {
    OpenSpan span =
        empty
            .with(success("demo", "primary", Duration.ofMillis(10)))
            .with(success("demo", "primary", Duration.ofMillis(40)))
            .with(failure("primary"))
            .with(success("demo", "fallback", Duration.ofMillis(7)));

    assertThat(span.summary())
        .isEqualTo(
            new ProbesSummarized(
                new ServiceId("demo"),
                NOON,
                MINUTE,
                List.of(site("fallback", 1, 0, 7, 7), site("primary", 2, 1, 25, 40))));
  }

  @Test
  void aSiteThatNeverAnsweredHasNoLatency() {
    assertThat(empty.with(failure("primary")).summary().sites())
        .containsExactly(new SiteSummary(new SiteId("primary"), 0, 1, null, null));
  }

  @Test
  void whatAnImpairedLocationSawIsLeftOut() {
    assertThat(
            empty
                .with(probe("demo", "primary", Outcome.FAILURE, Duration.ZERO, true))
                .summary()
                .sites())
        .isEmpty();
  }

  @Test
  void aRunThatLearntNothingIsNotCounted() {
    assertThat(
            empty
                .with(probe("demo", "primary", Outcome.OVERRAN, Duration.ZERO, false))
                .summary()
                .sites())
        .containsExactly(new SiteSummary(new SiteId("primary"), 0, 0, null, null));
  }

  private static io.echopilot.events.ProbeEvent.ProbeCompleted failure(String site) {
    return probe("demo", site, Outcome.FAILURE, Duration.ofSeconds(3), false);
  }

  private static SiteSummary site(String id, int succeeded, int failed, int mean, int worst) {
    return new SiteSummary(
        new SiteId(id), succeeded, failed, Duration.ofMillis(mean), Duration.ofMillis(worst));
  }
}
