package io.echopilot.fleet;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class OrderTest {
  @ParameterizedTest
  @CsvSource({
    "up, false, 1",
    "up --detach, true, 1",
    "up --locations 3, false, 3",
    "up --locations 2 --detach, true, 2"
  })
  void theFleetIsStarted(String line, boolean detach, int locations) {
    assertThat(parse(line)).isEqualTo(new Order.Up(detach, locations));
  }

  @ParameterizedTest
  @CsvSource({"down, false", "down --wipe, true"})
  void theFleetIsStopped(String line, boolean wipe) {
    assertThat(parse(line)).isEqualTo(new Order.Down(wipe));
  }

  @ParameterizedTest
  @CsvSource({
    "demo break primary, primary, refuse",
    "demo break fallback --refuse, fallback, refuse",
    "demo break primary --slow, primary, slow",
    "demo break primary --500, primary, 500",
    "demo heal primary, primary, ok",
    "demo break references, references, refuse"
  })
  void aSiteIsBrokenOrHealed(String line, String site, String mode) {
    assertThat(parse(line)).isEqualTo(new Order.SetMode(site, mode));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "sideways",
        "up --fast",
        "up --locations",
        "up --locations 0",
        "up --locations 10",
        "down --all",
        "down --wipe now",
        "demo",
        "demo break moon",
        "demo break primary --sad",
        "demo heal primary --slow",
        "demo heal primary --slow now"
      })
  void whatMakesNoSenseIsSaidWithTheUsage(String line) {
    assertThat(parse(line))
        .isInstanceOfSatisfying(
            Order.Wrong.class,
            wrong -> {
              assertThat(wrong.reason()).isNotBlank();
              assertThat(wrong.usage()).startsWith("deploy/");
            });
  }

  @Test
  void helpListsEveryPortWithItsVariable() {
    assertThat(parse("up --help"))
        .isInstanceOfSatisfying(
            Order.Help.class,
            help -> {
              for (Port port : Port.values()) {
                assertThat(help.text())
                    .contains(port.variable(), Integer.toString(port.standard()));
              }
            });
  }

  private static Order parse(String line) {
    return Order.parse(List.of(line.split(" ", -1)));
  }
}
