package io.echopilot.failover.stream;

import io.echopilot.starter.streams.Arrivals;
import io.echopilot.starter.streams.Outgoing;
import java.time.Clock;
import java.util.Set;
import org.apache.kafka.common.serialization.Serdes;
import org.apache.kafka.streams.StreamsBuilder;
import org.apache.kafka.streams.kstream.Consumed;
import org.apache.kafka.streams.kstream.Produced;
import org.apache.kafka.streams.processor.api.Processor;
import org.apache.kafka.streams.processor.api.ProcessorSupplier;
import org.apache.kafka.streams.state.StoreBuilder;

/** From what is seen to what is decided: one processor between co-partitioned topics. */
final class FailoverTopology {
  private FailoverTopology() {}

  static void build(StreamsBuilder builder, int partitions, Clock clock, StreamMeters meters) {
    builder.stream(Inputs.TOPICS, Consumed.with(Serdes.String(), Serdes.ByteArray()))
        .process(
            new Decisions(
                clock, new Arrivals(partitions), meters, ThreadLocal.withInitial(Backlog::new)))
        .to((_, outgoing, _) -> outgoing.topic(), Produced.with(Serdes.String(), Outgoing.SERDE));
  }

  private record Decisions(
      Clock clock, Arrivals arrivals, StreamMeters meters, ThreadLocal<Backlog> backlog)
      implements ProcessorSupplier<String, byte[], String, Outgoing> {
    @Override
    public Set<StoreBuilder<?>> stores() {
      return Set.of(ServiceStore.builder());
    }

    @Override
    public Processor<String, byte[], String, Outgoing> get() {
      return new DecisionProcessor(clock, arrivals, meters, backlog);
    }
  }
}
