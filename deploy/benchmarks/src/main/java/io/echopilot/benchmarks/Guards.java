package io.echopilot.benchmarks;

import io.echopilot.benchmarks.Bench.Options;
import io.echopilot.events.EventCodec;
import io.echopilot.events.EventCodec.Decoded;
import io.echopilot.fleet.FleetOptions;
import io.echopilot.fleet.LocalFleet;
import io.echopilot.fleet.Part;
import io.echopilot.fleet.Ports;
import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.TopicPartition;

/**
 * How many probe results a thread of guards takes in, beside a thread that reads the same records
 * from the same broker into the same types and does nothing with them. In alternating blocks, each
 * from the first record to the last.
 */
final class Guards implements Bench.Benchmark {
  private static final int SERVICES = 100;
  private static final int RECORDS = 200_000;
  private static final int BLOCKS = 3;
  private static final double NANOS = 1e9;

  /**
   * A block.
   *
   * @param seconds from the first record to the last
   * @param cpu seconds that the thread ran meanwhile
   */
  record Block(double seconds, double cpu) {
    double rate() {
      return RECORDS / seconds;
    }

    double perCore() {
      return RECORDS / cpu;
    }
  }

  @Override
  public Report run(Path home, Options options) throws Exception {
    List<Block> plain = new ArrayList<>();
    List<Block> guards = new ArrayList<>();
    double bytes = 0;
    LocalFleet fleet =
        LocalFleet.startAfresh(
            FleetOptions.in(home.resolve("guards"), Ports.free()).withOnly(Part.BROKER));
    try {
      GuardedWorld world =
          new GuardedWorld(fleet.ports().bootstrapServers(), SERVICES, Clock.systemUTC());
      world.fill(RECORDS);
      // The first block of each is to warm up.
      for (int block = 0; block <= BLOCKS; block++) {
        plain.add(plain(world.clients()));
        GuardedWorld.Outcome outcome = world.guard(home.resolve("guards-state/" + block), RECORDS);
        guards.add(outcome.block());
        bytes = outcome.bytesPerSeries();
        System.out.printf(
            "block %d  plain %,.0f/s, %,.0f per s of a core  guards %,.0f/s, %,.0f per s of a core%n",
            block,
            plain.getLast().rate(),
            plain.getLast().perCore(),
            guards.getLast().rate(),
            guards.getLast().perCore());
      }
    } finally {
      fleet.stop();
    }
    Sample plainRates = rates(plain);
    Sample guardRates = rates(guards);
    return new Report()
        .figure("plain_per_s", plainRates.median())
        .figure("guards_per_s", guardRates.median())
        .figure("guards_per_core_s", perCore(guards).median())
        .figure("plain_per_core_s", perCore(plain).median())
        .figure("stored_bytes_per_series", bytes)
        .ratio("both", guardRates.median() / plainRates.median());
  }

  private static Sample rates(List<Block> blocks) {
    return Sample.of(blocks.stream().skip(1).map(Block::rate).toList());
  }

  private static Sample perCore(List<Block> blocks) {
    return Sample.of(blocks.stream().skip(1).map(Block::perCore).toList());
  }

  private static Block plain(Clients clients) {
    ThreadMXBean threads = ManagementFactory.getThreadMXBean();
    try (KafkaConsumer<String, byte[]> consumer = clients.reader()) {
      List<TopicPartition> partitions =
          IntStream.range(0, DecisionLatency.PARTITIONS)
              .mapToObj(p -> new TopicPartition(GuardedWorld.RESULTS, p))
              .toList();
      consumer.assign(partitions);
      consumer.seekToBeginning(partitions);
      partitions.forEach(consumer::position);
      long start = System.nanoTime();
      long cpu = threads.getCurrentThreadCpuTime();
      int read = 0;
      while (read < RECORDS) {
        for (ConsumerRecord<String, byte[]> record : consumer.poll(Duration.ofSeconds(1))) {
          if (!(EventCodec.decode(record.topic(), record.key(), record.headers(), record.value())
              instanceof Decoded.Known)) {
            throw new IllegalStateException("not a result: " + record);
          }
          read++;
        }
      }
      return new Block(
          (System.nanoTime() - start) / NANOS, (threads.getCurrentThreadCpuTime() - cpu) / NANOS);
    }
  }
}
