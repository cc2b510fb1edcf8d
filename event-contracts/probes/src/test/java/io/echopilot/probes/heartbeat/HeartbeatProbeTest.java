package io.echopilot.probes.heartbeat;

import static io.echopilot.probes.Findings.expect;
import static io.echopilot.probes.Findings.expectSuccess;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.echopilot.events.Outcome;
import io.echopilot.events.ProbeError.Kind;
import io.echopilot.probes.Documented;
import io.echopilot.probes.Finding;
import io.echopilot.probes.JobReports;
import io.echopilot.probes.JobReports.Standing;
import io.echopilot.probes.ProbeContext;
import io.echopilot.probes.Secrets;
import io.echopilot.probes.Secrets.MissingSecretException;
import io.echopilot.probes.Worlds;
import java.net.URI;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class HeartbeatProbeTest {
  private static final Instant REPORTED = Instant.parse("2026-11-28T08:00:00.250Z");

  @Test
  void theDocumentedExampleIsSatisfiedUntilPeriodAndGraceAreOver() {
    String example = Documented.example("heartbeat");
    assertThat(example).contains("period: 5m, grace: 1m");

    Finding inTime = run(example, reported(), REPORTED.plus(Duration.ofMinutes(6)));

    expectSuccess(inTime);
    assertThat(inTime.numbers()).containsEntry("silence", 360.0);
    expect(
        run(example, reported(), REPORTED.plus(Duration.ofMinutes(6)).plusMillis(1)),
        Kind.LATE,
        "the job last reported in at 2026-11-28T08:00:00Z; with a period of 5m and a grace of 1m it was due by 2026-11-28T08:06:00Z");
  }

  @Test
  void graceIsAMinuteUnlessItIsSaid() {
    String without = "heartbeat: {token: secret:job, period: 1h30m}";
    Instant due = REPORTED.plus(Duration.ofMinutes(91));

    expectSuccess(run(without, reported(), due));
    expect(run(without, reported(), due.plusMillis(1)), Kind.LATE, "a period of 1h30m");
  }

  @Test
  void aJobThatNeverReportedInIsUnknownFirstAndThenLate() {
    Standing awaited = new Standing(REPORTED, false, null);
    String job = "heartbeat: {token: secret:job, period: 5m}";

    Finding first = run(job, awaited, REPORTED.plusSeconds(360));

    assertThat(first.outcome()).isEqualTo(Outcome.UNKNOWN);
    expect(first, Kind.SETUP, "has never reported in yet; it is late from 2026-11-28T08:06:00Z on");
    expect(
        run(job, awaited, REPORTED.plusSeconds(361)),
        Kind.LATE,
        "has never reported in since it was defined at 2026-11-28T08:00:00Z");
  }

  @Test
  void aProberThatHasNotReadTheReportsKnowsNothing() {
    Finding finding =
        run(
            "heartbeat: {token: secret:job, period: 5m}",
            Worlds.context(JobReports.UNREAD, at(REPORTED)));

    assertThat(finding.outcome()).isEqualTo(Outcome.UNKNOWN);
  }

  @Test
  void whoMayHaveReportedInVainIsNotLateButUnknown() {
    Instant deaf = REPORTED.plus(Duration.ofMinutes(20));
    Standing standing = new Standing(REPORTED, true, deaf);
    String job = "heartbeat: {token: secret:job, period: 5m}";

    Finding after = run(job, standing, deaf.plusSeconds(360));

    assertThat(after.outcome()).isEqualTo(Outcome.UNKNOWN);
    expect(after, Kind.SETUP, "no report could be kept at 2026-11-28T08:20:00Z");
    expect(run(job, standing, deaf.plusSeconds(361)), Kind.LATE, "last reported in at");
  }

  @Test
  void withoutTheSecretNobodyIsLateForNoReportCouldBeBelieved() {
    Secrets none =
        secret -> {
          throw new MissingSecretException("this prober has no " + secret);
        };
    Instant late = REPORTED.plus(Duration.ofHours(1));

    Finding finding =
        run(
            "heartbeat: {token: secret:job, period: 5m}",
            Worlds.context(_ -> Optional.of(reported()), at(late), none));

    assertThat(finding.outcome()).isEqualTo(Outcome.UNKNOWN);
    expect(finding, Kind.SETUP, "this prober has no secret:job");
  }

  @Test
  void aReportFromABrokerWhoseClockIsAheadIsInTime() {
    Finding finding =
        run("heartbeat: {token: secret:job, period: 5m}", reported(), REPORTED.minusSeconds(9));

    expectSuccess(finding);
    assertThat(finding.numbers()).containsEntry("silence", 0.0);
  }

  @Test
  void settingsThatMakeNoSenseAreRefused() {
    assertThatThrownBy(() -> run("heartbeat: {period: 5m}", reported(), REPORTED))
        .hasMessageContaining("heartbeat.token must be secret:NAME");
    assertThatThrownBy(() -> run("heartbeat: {token: secret:job}", reported(), REPORTED))
        .hasMessageContaining("heartbeat.period must say how often");
    assertThatThrownBy(() -> run("heartbeat: {token: abc, period: 5m}", reported(), REPORTED))
        .hasMessageContaining("a secret must not stand here itself");
    assertThatThrownBy(() ->
            run("heartbeat: {token: secret:job, period: 5m, grace: -1m}", reported(), REPORTED))
        .hasMessageContaining("heartbeat.grace must be zero or more");
  }

  private static Standing reported() {
    return new Standing(REPORTED, true, null);
  }

  private static Finding run(String yaml, @Nullable Standing standing, Instant now) {
    return run(yaml, Worlds.context(_ -> Optional.ofNullable(standing), at(now)));
  }

  private static Finding run(String yaml, ProbeContext context) {
    return Worlds.probe(yaml, URI.create("http://127.0.0.1"), Duration.ofSeconds(1), context)
        .run()
        .join();
  }

  private static Clock at(Instant now) {
    return Clock.fixed(now, ZoneOffset.UTC);
  }
}
