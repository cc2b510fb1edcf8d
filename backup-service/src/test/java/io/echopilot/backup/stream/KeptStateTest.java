package io.echopilot.backup.stream;

import static org.assertj.core.api.Assertions.assertThat;

import io.echopilot.backup.plan.Pending;
import io.echopilot.backup.plan.SafetyPlan;
import io.echopilot.backup.plan.SourceState;
import io.echopilot.events.BackupId;
import io.echopilot.events.BackupReason;
import io.echopilot.events.Epoch;
import io.echopilot.events.EventJson;
import io.echopilot.events.ServiceId;
import java.time.Instant;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** What the stores hold, as it stands in their changelogs: a later version must read it. */
class KeptStateTest {
  @Test
  void aScheduleThatWasKeptIsRead() {
    assertThat(
            EventJson.mapper()
                .readValue(
                    """
                    {"schedule":"0 30 2 * * *","nextDue":"2026-11-27T02:30:00Z","pending":{
                      "dr_backup_20261126_030000_demo":
                        {"reason":"failover","service":"shop","attempt":2,"retryAt":"2026-11-26T03:02:00Z"},
                      "dr_backup_20261126_040000_demo":{"reason":"request","attempt":1}}}
                    """,
                    SourceState.class))
        .isEqualTo(state());
    assertThat(
            EventJson.mapper()
                .readValue(EventJson.mapper().writeValueAsBytes(state()), SourceState.class))
        .isEqualTo(state());
  }

  @Test
  void aSafetyPlanThatWasKeptIsRead() {
    assertThat(
            EventJson.mapper()
                .readValue("{\"seen\":{\"generation\":1,\"counter\":4}}", SafetyPlan.class))
        .isEqualTo(new SafetyPlan(new Epoch(1, 4)));
  }

  private static SourceState state() {
    return new SourceState(
        "0 30 2 * * *",
        Instant.parse("2026-11-27T02:30:00Z"),
        Map.of(
            new BackupId("dr_backup_20261126_030000_demo"),
            new Pending(
                BackupReason.FAILOVER,
                new ServiceId("shop"),
                2,
                Instant.parse("2026-11-26T03:02:00Z")),
            new BackupId("dr_backup_20261126_040000_demo"),
            new Pending(BackupReason.REQUEST, null, 1, null)));
  }
}
