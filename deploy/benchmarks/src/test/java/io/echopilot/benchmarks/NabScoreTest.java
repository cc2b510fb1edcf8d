package io.echopilot.benchmarks;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.echopilot.benchmarks.LabelledSeries.Point;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class NabScoreTest {
  private static final int ROWS = 100;

  @TempDir Path home;

  private NabScore scored(int... alarms) throws IOException {
    Path data = Files.createDirectories(home.resolve("data"));
    StringBuilder text = new StringBuilder("timestamp,value\n");
    IntStream.range(0, ROWS).forEach(row -> text.append(stamp(row)).append(",1.5\n"));
    Files.writeString(data.resolve("one.csv"), text);
    Files.writeString(
        home.resolve("windows.json"),
        """
        {"one.csv": [["%s.000000", "%s.000000"]]}\
        """
            .formatted(stamp(40), stamp(49)));
    List<LabelledSeries> series = LabelledSeries.all(home);
    List<Double> scores = new ArrayList<>(Collections.nCopies(ROWS, 0.0));
    for (int alarm : alarms) {
      scores.set(alarm, 9.0);
    }
    series.getFirst().write(scores, home.resolve("scores/one.csv"));
    return NabScore.of(series, List.of(scores));
  }

  private static String stamp(int row) {
    return "2024-02-03 %02d:%02d:00".formatted(row / 60, row % 60);
  }

  @Test
  void sayingNothingIsZeroAndTheFirstRowOfTheWindowIsAHundred() throws IOException {
    assertThat(scored().normalised()).isZero();
    assertThat(scored(40).normalised()).isCloseTo(100, within(1e-9));
    assertThat(scored(40, 45)).isEqualTo(scored(40));
  }

  @Test
  void lateIsWorthLessAndElsewhereCosts() throws IOException {
    assertThat(scored(49).normalised()).isBetween(60.0, 80.0);
    assertThat(scored(40, 20).normalised()).isCloseTo(100 - 5.5, within(1e-9));
    assertThat(scored(40, 51).normalised()).isBetween(94.5, 100.0);
    assertThat(scored(40, 20, 90).falseAlarms()).isEqualTo(2);
    assertThat(scored(49).hit()).isEqualTo(1);
  }

  @Test
  void theFirstRowsAreNotScored() throws IOException {
    assertThat(scored(14)).isEqualTo(scored());
    assertThat(scored(15).falseAlarms()).isEqualTo(1);
  }

  @Test
  void scoresAreWrittenRowByRow() throws IOException {
    scored(40);

    List<String> lines = Files.readAllLines(home.resolve("scores/one.csv"));
    assertThat(lines).hasSize(ROWS + 1).startsWith("timestamp,score", "2024-02-03 00:00:00,0.0");
    assertThat(lines.get(41)).isEqualTo("2024-02-03 00:40:00,9.0");
  }

  @Test
  void aRowKnowsItsMomentAndValue() throws IOException {
    scored();

    assertThat(LabelledSeries.all(home).getFirst().points().get(61))
        .isEqualTo(new Point("2024-02-03 01:01:00", 1_706_922_060_000L, 1.5));
  }
}
