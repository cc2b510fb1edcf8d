package io.echopilot.backup.plan;

import static org.assertj.core.api.Assertions.assertThat;

import io.echopilot.backup.plan.BackupPlan.Request;
import io.echopilot.backup.plan.SafetyPlan.Outcome;
import io.echopilot.events.BackupCommand.BackupRequested;
import io.echopilot.events.BackupId;
import io.echopilot.events.BackupReason;
import io.echopilot.events.Epoch;
import io.echopilot.events.ServiceId;
import io.echopilot.events.SourceId;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;

class SafetyPlanTest {
  private static final Instant NOW = Instant.parse("2026-11-26T03:00:00Z");
  private static final SourceId ORDERS = new SourceId("orders");
  private static final SourceId USERS = new SourceId("users");

  @Test
  void eachDatabaseOfTheServiceIsBackedUpOnce() {
    Outcome outcome =
        SafetyPlan.completed(null, Completions.of("shop", 4, NOW), List.of(USERS, ORDERS), NOW);

    assertThat(outcome.requests())
        .containsExactly(
            new Request(
                "orders/failover/shop/d4",
                new BackupRequested(
                    ORDERS,
                    BackupId.of(ORDERS, NOW),
                    BackupReason.FAILOVER,
                    new ServiceId("shop"),
                    1,
                    NOW)),
            new Request(
                "users/failover/shop/d4",
                new BackupRequested(
                    USERS,
                    BackupId.of(USERS, NOW),
                    BackupReason.FAILOVER,
                    new ServiceId("shop"),
                    1,
                    NOW)));
    assertThat(outcome.plan()).isEqualTo(new SafetyPlan(new Epoch(0, 4)));
  }

  @Test
  void theSameFailoverToldTwiceAsksOnce() {
    SafetyPlan plan =
        SafetyPlan.completed(null, Completions.of("shop", 4, NOW), List.of(ORDERS), NOW).plan();

    assertThat(
            SafetyPlan.completed(plan, Completions.of("shop", 4, NOW), List.of(ORDERS), NOW)
                .requests())
        .isEmpty();
    assertThat(
            SafetyPlan.completed(plan, Completions.of("shop", 6, NOW), List.of(ORDERS), NOW)
                .requests())
        .hasSize(1);
  }

  @Test
  void aServiceWithoutADatabaseAsksForNothing() {
    assertThat(
            SafetyPlan.completed(null, Completions.of("blog", 1, NOW), List.of(), NOW).requests())
        .isEmpty();
  }

  @Test
  void historyThatIsReadAtTheFirstStartAsksForNothing() {
    Instant then = NOW.minus(SafetyPlan.FRESH).minus(Duration.ofSeconds(1));

    Outcome outcome =
        SafetyPlan.completed(null, Completions.of("shop", 1, then), List.of(ORDERS), NOW);

    assertThat(outcome.requests()).isEmpty();
    assertThat(outcome.plan().seen()).isEqualTo(new Epoch(0, 1));
  }
}
