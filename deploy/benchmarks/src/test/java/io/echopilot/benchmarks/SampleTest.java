package io.echopilot.benchmarks;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class SampleTest {
  private final Sample hundred =
      Sample.of(IntStream.rangeClosed(1, 100).mapToObj(i -> (double) i).toList());

  @Test
  void percentilesAreOfTheNearestRank() {
    assertThat(hundred.median()).isEqualTo(50);
    assertThat(hundred.percentile(99)).isEqualTo(99);
    assertThat(hundred.percentile(100)).isEqualTo(100);
    assertThat(hundred.least()).isEqualTo(1);
    assertThat(Sample.of(List.of(7.0)).percentile(1)).isEqualTo(7);
  }

  @Test
  void nothingMeasuredIsNoFigure() {
    assertThatIllegalStateException().isThrownBy(() -> Sample.of(List.of()).median());
  }

  @Test
  void nanosecondsBecomeMilliseconds() {
    assertThat(Sample.ofNanos(List.of(1_500_000L)).median()).isEqualTo(1.5);
  }

  @Test
  void theLastLineIsJson() {
    assertThat(new Report().figure("p50_ms", 1.23456).ratio("vs_bare", 2).json("name"))
        .isEqualTo(
            "{\"bench\":\"name\",\"figures\":{\"p50_ms\":1.235},\"ratios\":{\"vs_bare\":2.0}}");
  }
}
