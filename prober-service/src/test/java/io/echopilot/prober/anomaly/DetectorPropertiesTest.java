package io.echopilot.prober.anomaly;

import static org.assertj.core.api.Assertions.assertThat;

import io.echopilot.prober.anomaly.Verdict.Detected;
import java.util.List;
import java.util.Random;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;

class DetectorPropertiesTest {
  /** Infinities and the largest doubles among them. */
  @Property(tries = 200)
  void whateverComesScoresAreFiniteAndMemoryIsBounded(
      @ForAll @Size(min = 1, max = 60) List<Double> values, @ForAll long seed) {
    Random random = new Random(seed);
    Detector detector = new Detector();
    long at = 0;
    for (int i = 0; i < 1_500; i++) {
      double value = values.get(random.nextInt(values.size()));
      at += random.nextInt(3_600_000);
      Verdict verdict = random.nextInt(10) == 0 ? detector.absent(at) : detector.observe(at, value);
      assertThat(verdict.score()).isFinite();
      if (verdict instanceof Detected alarm) {
        assertThat(List.of(alarm.low(), alarm.high(), alarm.value())).allMatch(Double::isFinite);
        assertThat(alarm.low()).isLessThanOrEqualTo(alarm.high());
      }
    }
    assertThat(detector.toBytes()).hasSizeLessThanOrEqualTo(Detector.BYTES);
  }

  @Property(tries = 100)
  void whatWasWrittenGoesOnTheSame(@ForAll long seed, @ForAll @IntRange(max = 3_000) int seen) {
    Random random = new Random(seed);
    Detector detector = new Detector();
    long at = 0;
    for (int i = 0; i < seen; i++) {
      at += 1 + random.nextInt(600_000);
      detector.observe(at, Math.exp(random.nextGaussian()));
    }
    Detector again = Detector.of(detector.toBytes()).orElseThrow();
    for (int i = 0; i < 500; i++) {
      at += 1 + random.nextInt(600_000);
      double value = Math.exp(2 * random.nextGaussian());
      assertThat(again.observe(at, value)).isEqualTo(detector.observe(at, value));
    }
    assertThat(again.toBytes()).isEqualTo(detector.toBytes());
  }
}
