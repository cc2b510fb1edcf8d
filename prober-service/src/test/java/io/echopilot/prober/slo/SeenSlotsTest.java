package io.echopilot.prober.slo;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.LongStream;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Test;

class SeenSlotsTest {
  private static final long INTERVAL = 10;

  /** In whatever order, with whatever repetitions: as long as there are few gaps. */
  @Property(tries = 300)
  void eachSlotIsNewOnce(@ForAll long seed, @ForAll @IntRange(max = 9) int gaps) throws Exception {
    Random random = new Random(seed);
    Set<Long> missing =
        random.longs(gaps, 1, 199).map(n -> n * INTERVAL).boxed().collect(Collectors.toSet());
    List<Long> slots = new ArrayList<>();
    LongStream.range(0, 200)
        .map(n -> n * INTERVAL)
        .filter(slot -> !missing.contains(slot))
        .forEach(slot -> {
          slots.add(slot);
          if (random.nextInt(4) == 0) {
            slots.add(slot);
          }
        });
    // Up to three slots late, and a few long after that.
    Map<Integer, Double> places = new HashMap<>();
    for (int i = 0; i < slots.size(); i++) {
      places.put(i, i + random.nextDouble() * 3 + (i % 97 == 0 ? 100 : 0));
    }
    SeenSlots seen = new SeenSlots();
    Set<Long> counted = new HashSet<>();
    for (int i : places.keySet().stream().sorted(Comparator.comparing(places::get)).toList()) {
      long slot = slots.get(i);
      assertThat(seen.isNew(slot, INTERVAL)).isEqualTo(counted.add(slot));
      if (random.nextInt(20) == 0) {
        byte[] bytes = Bytes.of(seen::write);
        SeenSlots[] again = new SeenSlots[1];
        Bytes.read(bytes, in -> again[0] = SeenSlots.read(in));
        seen = again[0];
      }
    }
    for (long slot : slots) {
      assertThat(seen.isNew(slot, INTERVAL)).isEqualTo(counted.add(slot));
    }
  }

  @Test
  void confirmProbesBetweenSlotsAreNew() {
    SeenSlots seen = new SeenSlots();
    assertThat(seen.isNew(100, 10)).isTrue();
    assertThat(seen.isNew(102, 2)).isTrue();
    assertThat(seen.isNew(104, 2)).isTrue();
    assertThat(seen.isNew(102, 2)).isFalse();
  }

  @Test
  void itsMemoryIsBounded() {
    SeenSlots seen = new SeenSlots();
    for (long slot = 0; slot < 1_000_000; slot += 2 * INTERVAL) {
      assertThat(seen.isNew(slot, INTERVAL)).isTrue();
    }
    assertThat(Bytes.of(seen::write)).hasSizeLessThanOrEqualTo(9 + SeenSlots.MOST * 16);
    assertThat(seen.isNew(INTERVAL, INTERVAL)).isFalse();
  }
}
