package io.echopilot.starter.streams;

import io.micrometer.core.instrument.MeterRegistry;
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

/** What the steps of an application's topology share. */
public record EventStreams(
    String application, Arrivals arrivals, OutgoingRecords records, MeterRegistry meters) {

  /**
   * What an application needs that decides on events.
   *
   * @param partitions of each topic that is read
   */
  public static EventStreams of(String application, int partitions, MeterRegistry meters) {
    return new EventStreams(
        application, new Arrivals(partitions), new OutgoingRecords(application), meters);
  }

  /**
   * Adds a step: from topics that share their key to whatever topics its events belong on.
   *
   * @param stores names of what it keeps
   */
  public static void step(
      StreamsBuilder builder,
      List<String> topics,
      Set<String> stores,
      Supplier<? extends EventProcessor> processor) {
    step(builder, topics, stores.stream().map(Kept::builder).toList(), processor);
  }

  /** Adds a step that keeps what it keeps in stores of its own making. */
  public static void step(
      StreamsBuilder builder,
      List<String> topics,
      List<? extends StoreBuilder<?>> stores,
      Supplier<? extends EventProcessor> processor) {
    builder.stream(topics, Consumed.with(Serdes.String(), Serdes.ByteArray()))
        .process(new Step(stores, processor))
        .to((_, outgoing, _) -> outgoing.topic(), Produced.with(Serdes.String(), Outgoing.SERDE));
  }

  private record Step(
      List<? extends StoreBuilder<?>> builders, Supplier<? extends EventProcessor> processor)
      implements ProcessorSupplier<String, byte[], String, Outgoing> {
    @Override
    public Set<StoreBuilder<?>> stores() {
      return Set.copyOf(builders);
    }

    @Override
    public Processor<String, byte[], String, Outgoing> get() {
      return processor.get();
    }
  }
}
