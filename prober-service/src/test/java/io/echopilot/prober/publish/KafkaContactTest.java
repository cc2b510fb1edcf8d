package io.echopilot.prober.publish;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import org.junit.jupiter.api.Test;

class KafkaContactTest {
  private static final Instant NOW = Instant.parse("2026-11-28T08:00:00Z");
  private final KafkaContact contact = new KafkaContact();

  @Test
  void messagesThatAreTakenLeaveItUnbroken() {
    contact.sent(NOW);
    contact.taken(NOW.plusMillis(5));
    contact.sent(NOW.plusSeconds(60));

    assertThat(contact.lastBroken(NOW.plusSeconds(65))).isEmpty();
  }

  @Test
  void itIsBrokenForAsLongAsNothingIsTaken() {
    contact.sent(NOW);
    contact.sent(NOW.plusSeconds(4));

    assertThat(contact.lastBroken(NOW.plusSeconds(6))).contains(NOW.plusSeconds(6));
    contact.taken(NOW.plusSeconds(90));
    assertThat(contact.lastBroken(NOW.plusSeconds(500))).contains(NOW.plusSeconds(90));
  }

  @Test
  void aMessageThatIsTakenLateTellsThatItWasBroken() {
    contact.sent(NOW);
    contact.taken(NOW.plusSeconds(20));

    assertThat(contact.lastBroken(NOW.plusSeconds(500))).contains(NOW.plusSeconds(20));
  }

  @Test
  void aLossBreaksIt() {
    contact.lost(NOW);

    assertThat(contact.lastBroken(NOW.plusSeconds(1))).contains(NOW);
  }
}
