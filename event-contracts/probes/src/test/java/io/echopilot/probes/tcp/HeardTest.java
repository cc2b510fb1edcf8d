package io.echopilot.probes.tcp;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.echopilot.probes.Regex;
import org.junit.jupiter.api.Test;

class HeardTest {
  private static final int MOST = 1_000;
  private final Heard heard = new Heard(Regex.of("end"), MOST);

  @Test
  void isEnoughAsSoonAsItIsAsExpected() {
    say("the e");
    assertThat(heard.isEnough()).isFalse();
    say("nd");
    assertThat(heard.isEnough()).isTrue();
  }

  @Test
  void ofAPeerThatDripsOnOnlyEachDoublingIsLookedAt() {
    assertThat(drip(100)).isFalse();
    say("end");
    assertThat(heard.isEnough()).isFalse();
    assertThat(heard.isAsExpected()).isTrue();

    assertThat(drip(200)).isTrue();
  }

  @Test
  void moreThanIsKeptIsEnough() {
    say("x".repeat(2 * MOST));
    assertThat(heard.isEnough()).isTrue();
    assertThat(heard.isAsExpected()).isFalse();
  }

  /** Until it is enough. */
  private boolean drip(int times) {
    for (int i = 0; i < times; i++) {
      say("x");
      if (heard.isEnough()) {
        return true;
      }
    }
    return false;
  }

  private void say(String part) {
    heard.add(part.getBytes(UTF_8));
  }
}
