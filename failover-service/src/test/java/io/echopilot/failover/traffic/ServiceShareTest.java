package io.echopilot.failover.traffic;

import static org.assertj.core.api.Assertions.assertThat;

import io.echopilot.events.RecordPosition;
import io.echopilot.events.ServiceDefinition;
import io.echopilot.events.ServiceEvent.ServiceDefined;
import io.echopilot.events.ServiceEvent.ServiceRemoved;
import io.echopilot.events.ServiceId;
import io.echopilot.events.TopicNames;
import io.echopilot.failover.Definitions;
import io.echopilot.starter.ServiceShare;
import java.time.Instant;
import java.util.Set;
import org.junit.jupiter.api.Test;

class ServiceShareTest {
  private static final ServiceId SERVICE = new ServiceId("checkout");

  private final ServiceShare share = new ServiceShare(ServiceShare.Duty.NONE);

  @Test
  void itOwnsThePartitionsThatWereAssignedAndNotRevoked() {
    share.assigned(Set.of(0, 1));
    share.assigned(Set.of(2));
    share.revoked(Set.of(1));

    assertThat(share.owns(0)).isTrue();
    assertThat(share.owns(1)).isFalse();
    assertThat(share.owns(2)).isTrue();
  }

  @Test
  void theNewestRevisionCounts() {
    define(2, "second");
    define(1, "first");

    assertThat(share.definitions())
        .extracting(ServiceDefinition::traffic)
        .extracting(ServiceDefinition.Traffic::webhook)
        .containsExactly("second");
  }

  @Test
  void aRemovedServiceIsGone() {
    define(1, "first");
    share.updated(new ServiceRemoved(SERVICE, 2), at(0), Instant.EPOCH);

    assertThat(share.definitions()).isEmpty();
  }

  @Test
  void aRemovalOfALowerRevisionIsIgnored() {
    define(3, "third");
    share.updated(new ServiceRemoved(SERVICE, 2), at(0), Instant.EPOCH);

    assertThat(share.definitions()).hasSize(1);
  }

  @Test
  void whatCannotBeReadChangesNothing() {
    define(1, "first");
    share.unreadable("checkout", "garbage");
    share.removed("checkout");

    assertThat(share.definitions()).hasSize(1);
  }

  @Test
  void theServicesOfARevokedPartitionAreAnotherReplicas() {
    define(1, "first");
    share.revoked(Set.of(0));

    assertThat(share.definitions()).isEmpty();
  }

  private void define(long revision, String endpoint) {
    share.updated(
        new ServiceDefined(SERVICE, revision, "hash", Definitions.of("checkout", endpoint)),
        at(0),
        Instant.EPOCH);
  }

  private static RecordPosition at(int partition) {
    return new RecordPosition(TopicNames.SERVICES, partition, 0);
  }
}
