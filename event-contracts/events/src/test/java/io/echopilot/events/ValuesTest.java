package io.echopilot.events;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ValuesTest {
  @ParameterizedTest
  @ValueSource(strings = {"", " ", "Checkout", "check_out", "-checkout", "checkout-", "a/b", "ä"})
  void aNameIsADnsLabel(String name) {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new ServiceId(name))
        .withMessageStartingWith("service must be 1 to 63 lower-case letters");
  }

  @Test
  void aNameHasAtMost63Characters() {
    assertThat(new SiteId("a".repeat(63)).value()).hasSize(63);
    assertThatIllegalArgumentException().isThrownBy(() -> new SiteId("a".repeat(64)));
  }

  @Test
  void aBackupIsNamedByItsUtcTimeAndSource() {
    assertThat(BackupId.of(new SourceId("demo"), Instant.parse("2026-11-26T02:30:07.9Z")))
        .isEqualTo(new BackupId("dr_backup_20261126_023007_demo"));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "dr_backup_20261126_0230",
        "dr_backup_20261126_023000_",
        "dr_backup_20261126_023000_../../etc",
        "dr_backup_20261126_023000_demo\n"
      })
  void aBackupsNameIsNoPath(String name) {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new BackupId(name))
        .withMessageStartingWith("backup must look like dr_backup_20261126_023000_checkout-db");
  }

  @ParameterizedTest
  @CsvSource({"0,1,0,2,-1", "0,9,1,0,-1", "1,0,0,9,1", "2,3,2,3,0"})
  void epochsAreComparedByGenerationThenCounter(
      long generation, long counter, long otherGeneration, long otherCounter, int order) {
    Epoch epoch = new Epoch(generation, counter);
    Epoch other = new Epoch(otherGeneration, otherCounter);

    assertThat(Integer.signum(epoch.compareTo(other))).isEqualTo(order);
    assertThat(epoch.isAfter(other)).isEqualTo(order > 0);
  }

  @Test
  void theNextEpochKeepsItsGeneration() {
    assertThat(new Epoch(2, 7).next()).isEqualTo(new Epoch(2, 8));
  }

  @ParameterizedTest
  @CsvSource({"ANY,3,1", "MAJORITY,1,1", "MAJORITY,2,2", "MAJORITY,3,2", "MAJORITY,4,3", "ALL,4,4"})
  void aQuorumIsCountedOverThoseListed(Quorum quorum, int listed, int needed) {
    assertThat(quorum.needed(listed)).isEqualTo(needed);
  }

  @Test
  void aKindOfErrorThatALaterVersionAddsIsOther() {
    assertThat(ProbeError.Kind.of("quantum")).isEqualTo(ProbeError.Kind.OTHER);
    assertThat(ProbeError.Kind.of("refused")).isEqualTo(ProbeError.Kind.REFUSED);
  }

  @Test
  void anOutcomeThatALaterVersionAddsTeachesNothing() {
    assertThat(Outcome.of("deferred")).isEqualTo(Outcome.UNKNOWN);
    assertThat(Outcome.of("success")).isEqualTo(Outcome.SUCCESS);
    assertThat(Outcome.UNKNOWN.isTelling()).isFalse();
    assertThat(run(Outcome.UNKNOWN, null).error()).isNull();
  }

  @Test
  void anUnknownWordIsRefusedWithThoseThatAreKnown() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> Quorum.of("most"))
        .withMessage("locations must be one of any, majority, all, but is \"most\"");
  }

  @Test
  void aFailureNeedsAnErrorAndASuccessHasNone() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> run(Outcome.FAILURE, null))
        .withMessage("run.error must be given for a failure and only then");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> run(Outcome.SUCCESS, new ProbeError(ProbeError.Kind.DNS, "no address")));
  }

  private static ProbeRun run(
      Outcome outcome, @org.jspecify.annotations.Nullable ProbeError error) {
    Instant now = Instant.EPOCH;
    return new ProbeRun(
        new LocationId("eu-1"),
        new InstanceId("i"),
        new Slot(now),
        Duration.ofSeconds(1),
        now,
        now,
        outcome,
        error,
        null,
        false);
  }

  @Test
  void evidenceIsBounded() {
    Evidence one = new Evidence("topic", 0, 0, null, null, null, null, "seen");
    List<Evidence> tooMuch = java.util.Collections.nCopies(33, one);

    assertThatIllegalArgumentException()
        .isThrownBy(() -> new Rationale(1, Instant.EPOCH, null, "hash", List.of(), tooMuch))
        .withMessage("rationale.evidence holds at most 32, but has 33");
  }

  @Test
  void aDefinitionNeedsTwoSitesAndACriticalProbe() {
    ServiceDefinition good =
        ((ServiceEvent.ServiceDefined) Samples.of(ServiceEvent.ServiceDefined.class)).definition();

    assertThatIllegalArgumentException()
        .isThrownBy(() -> with(good, good.sites().subList(0, 1), good.probes()))
        .withMessage("sites needs at least 2, but has 1");
    assertThatIllegalArgumentException()
        .isThrownBy(() ->
            with(good, List.of(good.sites().getFirst(), good.sites().getFirst()), good.probes()))
        .withMessageStartingWith("sites names something twice");
    ServiceDefinition.Probe probe = good.probes().getFirst();
    ServiceDefinition.Probe optional =
        new ServiceDefinition.Probe(
            probe.id(), probe.check(), probe.interval(), probe.confirm(), probe.timeout(), false);
    assertThatIllegalArgumentException()
        .isThrownBy(() -> with(good, good.sites(), List.of(optional)))
        .withMessage("probes: at least one must be critical");
    assertThatIllegalArgumentException()
        .isThrownBy(() ->
            new ServiceDefinition.Probe(
                probe.id(),
                probe.check(),
                Duration.ofSeconds(1),
                Duration.ofSeconds(2),
                Duration.ofSeconds(1),
                true))
        .withMessageContaining("must be at most probe.interval");
  }

  private static ServiceDefinition with(
      ServiceDefinition d,
      List<ServiceDefinition.Site> sites,
      List<ServiceDefinition.Probe> probes) {
    return new ServiceDefinition(
        d.id(),
        d.owner(),
        Objects.requireNonNull(d.entrypoint()),
        d.locations(),
        sites,
        probes,
        d.failover(),
        d.traffic());
  }
}
