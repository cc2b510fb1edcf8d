package io.echopilot.events;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

class EventSentencesTest {
  private static final Instant NOW = Instant.parse("2026-11-24T10:00:00.125Z");
  private static final ServiceId DEMO = new ServiceId("demo");
  private static final SiteId PRIMARY = new SiteId("primary");
  private static final SiteId FALLBACK = new SiteId("fallback");
  private static final Epoch EPOCH = new Epoch(0, 1);
  private static final DecisionId DECISION = new DecisionId("d1");
  private static final Rationale WHY =
      new Rationale(1, NOW, null, "hash", List.of("local-1 says down"), List.of());
  private static final SourceId SOURCE = new SourceId("demo");
  private static final BackupId BACKUP = new BackupId("dr_backup_20261126_023000_demo");
  private static final LocationId LOCATION = new LocationId("local-1");
  private static final InstanceId INSTANCE = new InstanceId("i1");

  private final EventSentences sentences = new EventSentences(ZoneOffset.UTC);

  @ParameterizedTest
  @MethodSource
  void anEventIsOneSentence(Event event, String text) {
    assertThat(sentences.of(event)).hasValue(text);
  }

  static Stream<Arguments> anEventIsOneSentence() {
    Instant later = NOW.plusSeconds(20);
    Route elsewhere = new Route(FALLBACK, EPOCH, null);
    Route nowhere = new Route(null, EPOCH, null);
    return Stream.of(
        Arguments.of(
            new FailoverEvent.RouteEstablished(DEMO, PRIMARY, EPOCH, WHY),
            "protected: primary serves, epoch 0.1"),
        Arguments.of(
            new FailoverEvent.SiteSuspected(DEMO, PRIMARY, WHY),
            "primary is suspected: local-1 says down"),
        Arguments.of(
            new FailoverEvent.SiteCleared(DEMO, PRIMARY, WHY),
            "primary answers again; nothing was moved"),
        Arguments.of(
            new FailoverEvent.FailoverStarted(DEMO, PRIMARY, FALLBACK, EPOCH, DECISION, WHY),
            "FAILOVER from primary to fallback, epoch 0.1: local-1 says down"),
        Arguments.of(
            new FailoverEvent.FailoverBlocked(DEMO, PRIMARY, WHY),
            "BLOCKED: primary is down and no other site is healthy; traffic stays:"
                + " local-1 says down"),
        Arguments.of(
            new FailoverEvent.TrafficSwitchRequested(
                DEMO, FALLBACK, EPOCH, DECISION, 2, later, "demo-edge", WHY),
            "demo-edge is asked to send traffic to fallback (attempt 2)"),
        Arguments.of(
            new FailoverEvent.TrafficSwitched(DEMO, FALLBACK, EPOCH, DECISION, 1, WHY),
            "the edge sends traffic to fallback, epoch 0.1"),
        Arguments.of(
            new FailoverEvent.TrafficSwitchFailed(
                DEMO, FALLBACK, EPOCH, DECISION, 1, "refused", later, WHY),
            "the switch to fallback failed: refused; next attempt at 10:00:20"),
        Arguments.of(
            new FailoverEvent.FailoverCompleted(
                DEMO,
                PRIMARY,
                FALLBACK,
                EPOCH,
                DECISION,
                Confirmation.ENTRYPOINT,
                NOW.minusMillis(250),
                WHY),
            "failover completed: fallback serves (seen where users come in) after 0.250 s"),
        Arguments.of(
            new FailoverEvent.RecoveryStarted(DEMO, PRIMARY, NOW, later, WHY),
            "primary is healthy again; traffic returns at 10:00:20 at the earliest"),
        Arguments.of(
            new FailoverEvent.RecoveryInterrupted(DEMO, PRIMARY, WHY),
            "the failback is off: local-1 says down"),
        Arguments.of(
            new FailoverEvent.FailbackStarted(DEMO, FALLBACK, PRIMARY, EPOCH, DECISION, WHY),
            "failback from fallback to primary, epoch 0.1"),
        Arguments.of(
            new FailoverEvent.FailbackCompleted(
                DEMO, FALLBACK, PRIMARY, EPOCH, DECISION, Confirmation.ROUTE, NOW, later, WHY),
            "failback completed: primary serves (says the edge), watched until 10:00:20"),
        Arguments.of(
            new FailoverEvent.ObservationCompleted(DEMO, PRIMARY, WHY),
            "primary did well since its return; all is as before"),
        Arguments.of(
            new FailoverEvent.RouteDrifted(DEMO, PRIMARY, EPOCH, nowhere, WHY),
            "DRIFT: the edge sends traffic to nowhere instead of primary"),
        Arguments.of(
            new FailoverEvent.RouteReasserted(DEMO, PRIMARY, EPOCH, DECISION, WHY),
            "the route to primary is in force again, epoch 0.1"),
        Arguments.of(
            new FailoverEvent.SwitchAdopted(DEMO, elsewhere, WHY),
            "somebody else moved traffic to fallback, epoch 0.1; it is taken as it is"),
        Arguments.of(
            new FailoverEvent.ServiceHeld(DEMO, "by hand", WHY),
            "HELD until a person releases it: by hand"),
        Arguments.of(
            new LocationEvent.LocationImpaired(LOCATION, INSTANCE, NOW, "no reference answers"),
            "location impaired, its results count for nothing: no reference answers"),
        Arguments.of(
            new LocationEvent.LocationRecovered(LOCATION, INSTANCE, NOW, NOW),
            "location recovered, its results count again"),
        Arguments.of(new ServiceEvent.ServiceRemoved(DEMO, 2), "is no longer protected"),
        Arguments.of(
            new SloEvent.SloBreached(
                DEMO,
                PRIMARY,
                new SloId("availability"),
                SloEvent.Level.PAGE,
                14.44,
                Duration.ofHours(1),
                null,
                null,
                null,
                NOW),
            "primary burns its budget of availability 14.4 times too fast"),
        Arguments.of(
            new AnomalyEvent.AnomalyDetected(
                DEMO, PRIMARY, "health.latency", 90, 1, 20.5, null, null, NOW),
            "health.latency of primary is 90.0, expected was 1.0 to 20.5"),
        Arguments.of(
            new AnomalyEvent.AnomalyDetected(
                DEMO,
                PRIMARY,
                "health.latency",
                90,
                1,
                20.5,
                AnomalyKind.SPIKE,
                "health.latency is far above what is usual: 90 instead of 1 to 20.5",
                NOW),
            "at primary health.latency is far above what is usual: 90 instead of 1 to 20.5"),
        Arguments.of(
            new BackupEvent.BackupCompleted(
                SOURCE, BACKUP, 1, "/backups", 7, 1_234_567, "ab", Duration.ofSeconds(2), NOW),
            "dr_backup_20261126_023000_demo is stored, 1,234,567 bytes in 7 files; not proved yet"),
        Arguments.of(
            new BackupEvent.BackupFailed(SOURCE, BACKUP, 1, BackupStep.DUMP, "exit code 1", NOW),
            "dr_backup_20261126_023000_demo FAILED at dump: exit code 1"),
        Arguments.of(
            new BackupEvent.BackupVerified(
                SOURCE,
                BACKUP,
                1,
                BackupReason.FAILOVER,
                List.of(new BackupEvent.TableProof("public.wh_job_log", 9, "ab")),
                List.of(),
                1,
                Duration.ofSeconds(2),
                NOW),
            "dr_backup_20261126_023000_demo is VERIFIED: restored and compared, 1 tables"));
  }

  @Test
  void whatTellsAPersonNothingIsLeftOut() {
    assertThat(sentences.of(new HeartbeatEvent.ServiceHeartbeat(INSTANCE, "test", NOW, NOW)))
        .isEmpty();
  }
}
