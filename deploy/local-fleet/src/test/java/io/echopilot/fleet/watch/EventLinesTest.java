package io.echopilot.fleet.watch;

import static org.assertj.core.api.Assertions.assertThat;

import io.echopilot.events.EventEnvelope;
import io.echopilot.events.ServiceEvent.ServiceRemoved;
import io.echopilot.events.ServiceId;
import java.time.Instant;
import java.time.ZoneOffset;
import org.junit.jupiter.api.Test;

class EventLinesTest {
  @Test
  void anEventIsOneLineWithItsTimeAndSubject() {
    assertThat(
            new EventLines(ZoneOffset.UTC)
                .line(
                    new EventEnvelope<>(
                        "1",
                        "/test",
                        Instant.parse("2026-11-24T10:00:00.125Z"),
                        null,
                        new ServiceRemoved(new ServiceId("demo"), 2))))
        .hasValue("10:00:00.125  demo  is no longer protected");
  }
}
