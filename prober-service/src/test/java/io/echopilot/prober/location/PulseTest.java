package io.echopilot.prober.location;

import static org.assertj.core.api.Assertions.assertThat;

import io.echopilot.events.Outcome;
import io.echopilot.events.ProbeError;
import io.echopilot.events.ProbeError.Kind;
import io.echopilot.events.ProbeRun.Phases;
import io.echopilot.prober.schedule.VirtualTime;
import io.echopilot.probes.Finding;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class PulseTest {
  private static final Duration TIMEOUT = Duration.ofSeconds(1);
  private static final Phases PHASES = new Phases(null, null, null, null, TIMEOUT);

  private final VirtualTime loop = new VirtualTime(Instant.EPOCH);
  private final Pulse pulse = new Pulse(List.of(loop), loop::nanoTime);

  @Test
  void aTimeoutWhileTheProberStoodStillSaysNothingOfTheTarget() {
    loop.advance(Duration.ofSeconds(5));
    long started = loop.nanoTime();
    loop.advance(Duration.ofMillis(200));
    loop.stall(Duration.ofMillis(900));

    Finding finding = pulse.doubted(failure(Kind.TIMEOUT), TIMEOUT, started);

    assertThat(finding.outcome()).isEqualTo(Outcome.UNKNOWN);
    assertThat(Objects.requireNonNull(finding.error()))
        .isEqualTo(
            new ProbeError(
                Kind.STALLED,
                "this prober stood still for 850 ms of the run, so nothing follows from: no answer"));
  }

  @Test
  void aStandstillThatIsOverWhenTheRunEndsCountsToo() {
    long started = loop.nanoTime();
    loop.stall(Duration.ofMillis(500));
    loop.advance(Duration.ofMillis(500));

    assertThat(pulse.doubted(failure(Kind.TIMEOUT), TIMEOUT, started).outcome())
        .isEqualTo(Outcome.UNKNOWN);
  }

  @Test
  void aStandstillBeforeTheRunDoesNot() {
    loop.stall(Duration.ofSeconds(3));
    loop.advance(Duration.ofMillis(100));
    long started = loop.nanoTime();
    loop.advance(TIMEOUT);

    assertThat(pulse.doubted(failure(Kind.TIMEOUT), TIMEOUT, started).outcome())
        .isEqualTo(Outcome.FAILURE);
  }

  @Test
  void aShortOneDoesNotExcuseATarget() {
    long started = loop.nanoTime();
    loop.stall(Duration.ofMillis(200));
    loop.advance(Duration.ofMillis(800));

    assertThat(pulse.doubted(failure(Kind.TIMEOUT), TIMEOUT, started).outcome())
        .isEqualTo(Outcome.FAILURE);
  }

  @ParameterizedTest
  @EnumSource(
      value = Kind.class,
      names = {"REFUSED", "STATUS", "BODY", "EXPIRING", "LOGIN"})
  void whatNoStandstillCausesIsBelieved(Kind kind) {
    long started = loop.nanoTime();
    loop.stall(Duration.ofSeconds(3));

    assertThat(pulse.doubted(failure(kind), TIMEOUT, started)).isEqualTo(failure(kind));
  }

  @Test
  void aSuccessStaysOne() {
    long started = loop.nanoTime();
    loop.stall(Duration.ofSeconds(3));

    assertThat(pulse.doubted(Finding.of(null, PHASES), TIMEOUT, started).outcome())
        .isEqualTo(Outcome.SUCCESS);
  }

  private static Finding failure(Kind kind) {
    return Finding.of(new ProbeError(kind, "no answer"), PHASES);
  }
}
