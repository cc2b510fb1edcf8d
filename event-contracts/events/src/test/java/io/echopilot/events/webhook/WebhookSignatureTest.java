package io.echopilot.events.webhook;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.echopilot.events.webhook.WebhookSignature.Request;
import io.echopilot.events.webhook.WebhookSignature.Verdict;
import java.security.MessageDigest;
import java.time.Instant;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.junit.jupiter.api.Test;

class WebhookSignatureTest {
  private static final Instant NOW = Instant.parse("2026-11-24T10:00:00Z");
  private static final long SECONDS = NOW.getEpochSecond();
  private static final byte[] KEY = "a key of sixteen bytes".getBytes(UTF_8);
  private static final Request REQUEST =
      new Request("k1", SECONDS, "nonce", "PUT", "/services/checkout/route", "", "{}");

  private final WebhookSignature signature =
      new WebhookSignature(Map.of("k1", KEY, "k2", "another key of ours".getBytes(UTF_8)));

  @Test
  void itIsWhatTheContractSaysItIs() throws Exception {
    String body =
        HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest("{}".getBytes(UTF_8)));
    String lines = "request\nk1\n" + SECONDS + "\nnonce\nPUT\n/services/checkout/route\n\n" + body;
    Mac mac = Mac.getInstance("HmacSHA256");
    mac.init(new SecretKeySpec(KEY, "HmacSHA256"));

    assertThat(signature.sign(REQUEST))
        .isEqualTo(HexFormat.of().formatHex(mac.doFinal(lines.getBytes(UTF_8))));
  }

  @Test
  void whatWasSignedIsValid() {
    assertThat(signature.verify(REQUEST, signature.sign(REQUEST), NOW)).isEqualTo(Verdict.VALID);
  }

  @Test
  void anyPartThatWasChangedShows() {
    String signed = signature.sign(REQUEST);
    List<Request> changed =
        List.of(
            new Request("k2", SECONDS, "nonce", "PUT", "/services/checkout/route", "", "{}"),
            new Request("k1", SECONDS + 1, "nonce", "PUT", "/services/checkout/route", "", "{}"),
            new Request("k1", SECONDS, "other", "PUT", "/services/checkout/route", "", "{}"),
            new Request("k1", SECONDS, "nonce", "GET", "/services/checkout/route", "", "{}"),
            new Request("k1", SECONDS, "nonce", "PUT", "/services/basket/route", "", "{}"),
            new Request("k1", SECONDS, "nonce", "PUT", "/services/checkout/route", "a=b", "{}"),
            new Request("k1", SECONDS, "nonce", "PUT", "/services/checkout/route", "", "[]"));

    assertThat(changed)
        .allSatisfy(request ->
            assertThat(signature.verify(request, signed, NOW)).isEqualTo(Verdict.FORGED));
  }

  @Test
  void aKeyThatIsNotOursIsUnknown() {
    Request stranger = new Request("k9", SECONDS, "nonce", "GET", "/", "", "");

    assertThat(signature.verify(stranger, "00", NOW)).isEqualTo(Verdict.UNKNOWN_KEY);
  }

  @Test
  void aRequestOfMoreThanFiveMinutesAgoOrAheadIsRefused() {
    String signed = signature.sign(REQUEST);

    assertThat(signature.verify(REQUEST, signed, NOW.plusSeconds(300))).isEqualTo(Verdict.VALID);
    assertThat(signature.verify(REQUEST, signed, NOW.plusSeconds(301))).isEqualTo(Verdict.SKEWED);
    assertThat(signature.verify(REQUEST, signed, NOW.minusSeconds(301))).isEqualTo(Verdict.SKEWED);
  }

  @Test
  void anAnswerIsBoundToItsRequestAndSaysWhatItSaid() {
    String signed = signature.signAnswer("k2", "nonce", 200, "{}");

    assertThat(signature.verifyAnswer("k2", "nonce", 200, "{}", signed)).isTrue();
    assertThat(signature.verifyAnswer("k1", "nonce", 200, "{}", signed)).isFalse();
    assertThat(signature.verifyAnswer("k2", "another", 200, "{}", signed)).isFalse();
    assertThat(signature.verifyAnswer("k2", "nonce", 409, "{}", signed)).isFalse();
    assertThat(signature.verifyAnswer("k2", "nonce", 200, "[]", signed)).isFalse();
  }
}
