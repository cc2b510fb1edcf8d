package io.echopilot.alert.stream;

import static org.assertj.core.api.Assertions.assertThat;

import io.echopilot.alert.delivery.ChannelState;
import io.echopilot.alert.delivery.Deliveries;
import io.echopilot.alert.incident.Decisions;
import io.echopilot.alert.incident.IncidentRules;
import io.echopilot.alert.incident.ServiceIncidents;
import io.echopilot.events.ChannelId;
import io.echopilot.events.IncidentLevel;
import io.echopilot.events.RecordPosition;
import io.echopilot.events.TopicNames;
import io.echopilot.starter.streams.Kept;
import java.time.Instant;
import java.util.Map;
import java.util.Properties;
import org.apache.kafka.common.serialization.Serdes;
import org.apache.kafka.streams.StreamsConfig;
import org.apache.kafka.streams.processor.api.MockProcessorContext;
import org.apache.kafka.streams.state.KeyValueStore;
import org.junit.jupiter.api.Test;

class KeptTest {
  private final MockProcessorContext<String, String> context = context();
  private final KeyValueStore<String, byte[]> store =
      Kept.builder("kept").withLoggingDisabled().build();

  KeptTest() {
    store.init(context.getStateStoreContext(), store);
    context.addStateStore(store);
  }

  @Test
  void anotherProcessReadsTheIncidentsThatWereKept() {
    IncidentRules.Outcome outcome = opened();
    new Kept<>(context, "kept", ServiceIncidents.class).put("checkout", outcome.incidents());

    assertThat(new Kept<>(context, "kept", ServiceIncidents.class).get("checkout"))
        .isEqualTo(outcome.incidents());
  }

  @Test
  void anotherProcessReadsTheDeliveriesThatWereKept() {
    Deliveries deliveries =
        new Deliveries(
            opened().events().getFirst().incident(),
            false,
            Map.of(
                new ChannelId("slack"),
                new ChannelState(
                    2,
                    3,
                    0,
                    1,
                    "17.5",
                    IncidentLevel.PARTIAL_OUTAGE,
                    Instant.parse("2026-11-24T03:00:00Z"),
                    null,
                    "16.2")));
    new Kept<>(context, "kept", Deliveries.class).put("checkout-failover-1", deliveries);

    assertThat(new Kept<>(context, "kept", Deliveries.class).all())
        .isEqualTo(Map.of("checkout-failover-1", deliveries));
  }

  @Test
  void whatIsForgottenIsGone() {
    Kept<ServiceIncidents> kept = new Kept<>(context, "kept", ServiceIncidents.class);
    kept.put("checkout", opened().incidents());
    kept.put("checkout", null);

    assertThat(kept.get("checkout")).isNull();
    assertThat(new Kept<>(context, "kept", ServiceIncidents.class).all()).isEmpty();
  }

  private static IncidentRules.Outcome opened() {
    return IncidentRules.apply(
        ServiceIncidents.NONE,
        new Decisions("checkout").started(),
        new RecordPosition(TopicNames.FAILOVER_EVENTS, 0, 0));
  }

  private static MockProcessorContext<String, String> context() {
    Properties config = new Properties();
    config.put(StreamsConfig.APPLICATION_ID_CONFIG, "test");
    config.put(StreamsConfig.BOOTSTRAP_SERVERS_CONFIG, "nowhere:1");
    config.put(StreamsConfig.DEFAULT_KEY_SERDE_CLASS_CONFIG, Serdes.StringSerde.class);
    config.put(StreamsConfig.DEFAULT_VALUE_SERDE_CLASS_CONFIG, Serdes.ByteArraySerde.class);
    return new MockProcessorContext<>(config);
  }
}
