package io.echopilot.alert.stream;

import io.echopilot.alert.delivery.Routing;
import io.echopilot.events.TopicNames;
import io.echopilot.starter.streams.Arrivals;
import io.echopilot.starter.streams.Outgoing;
import io.micrometer.core.instrument.MeterRegistry;
import java.time.Clock;
import java.util.List;
import java.util.Set;
import java.util.function.Supplier;
import org.apache.kafka.common.serialization.Serdes;
import org.apache.kafka.streams.StreamsBuilder;
import org.apache.kafka.streams.kstream.Consumed;
import org.apache.kafka.streams.kstream.Produced;
import org.apache.kafka.streams.processor.api.Processor;
import org.apache.kafka.streams.processor.api.ProcessorSupplier;
import org.apache.kafka.streams.state.StoreBuilder;

/**
 * Two steps, each keyed by what it decides on: what was decided of a service becomes incidents, and
 * an incident becomes requests to channels.
 */
final class AlertTopology {
  private AlertTopology() {}

  static void build(
      StreamsBuilder builder, int partitions, Routing routing, Clock clock, MeterRegistry meters) {
    Arrivals arrivals = new Arrivals(partitions);
    step(
        builder,
        List.of(TopicNames.FAILOVER_EVENTS, TopicNames.SERVICES),
        IncidentProcessor.STORE,
        () -> new IncidentProcessor(arrivals, meters));
    step(
        builder,
        List.of(TopicNames.INCIDENTS, TopicNames.ALERT_DELIVERIES),
        DeliveryProcessor.STORE,
        () -> new DeliveryProcessor(arrivals, meters, routing, clock));
  }

  private static void step(
      StreamsBuilder builder,
      List<String> topics,
      String store,
      Supplier<EventProcessor> processor) {
    builder.stream(topics, Consumed.with(Serdes.String(), Serdes.ByteArray()))
        .process(new Step(store, processor))
        .to((_, outgoing, _) -> outgoing.topic(), Produced.with(Serdes.String(), Outgoing.SERDE));
  }

  private record Step(String store, Supplier<EventProcessor> processor)
      implements ProcessorSupplier<String, byte[], String, Outgoing> {
    @Override
    public Set<StoreBuilder<?>> stores() {
      return Set.of(Kept.builder(store));
    }

    @Override
    public Processor<String, byte[], String, Outgoing> get() {
      return processor.get();
    }
  }
}
