package io.echopilot.events.webhook;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.time.Duration;
import java.time.Instant;
import java.util.HexFormat;
import java.util.Map;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/**
 * HMAC-SHA-256 (RFC 2104) over the parts of a request or of its answer, one per line. Two keys are
 * valid during a rotation; the key id says which was used.
 */
public final class WebhookSignature {
  public static final String KEY_ID_HEADER = "EchoPilot-Key-Id";
  public static final String TIMESTAMP_HEADER = "EchoPilot-Timestamp";
  public static final String NONCE_HEADER = "EchoPilot-Nonce";
  public static final String SIGNATURE_HEADER = "EchoPilot-Signature";

  /** A request whose time differs more from the receiver's clock is refused. */
  public static final Duration MAX_SKEW = Duration.ofMinutes(5);

  private static final String ALGORITHM = "HmacSHA256";

  private final Map<String, byte[]> keys;

  /**
   * @param keys secrets by key id
   */
  public WebhookSignature(Map<String, byte[]> keys) {
    this.keys = Map.copyOf(keys);
  }

  /**
   * What of a request is signed.
   *
   * @param timestamp seconds since 1970-01-01T00:00Z
   * @param nonce fresh for each request; the answer is bound to it
   * @param query without the question mark; empty when there is none
   */
  public record Request(
      String keyId,
      long timestamp,
      String nonce,
      String method,
      String path,
      String query,
      String body) {}

  /** The outcome of a check. */
  public enum Verdict {
    VALID("the signature is valid"),
    UNKNOWN_KEY("the key id is not known here"),
    SKEWED("the timestamp differs by more than 300 s from the clock here"),
    FORGED("the signature does not match the request");

    private final String reason;

    Verdict(String reason) {
      this.reason = reason;
    }

    public String reason() {
      return reason;
    }
  }

  /** The signature of a request, in lower-case hexadecimal digits. */
  public String sign(Request request) {
    return sign(
        request.keyId(),
        "request",
        request.keyId(),
        Long.toString(request.timestamp()),
        request.nonce(),
        request.method(),
        request.path(),
        request.query(),
        sha256(request.body()));
  }

  public Verdict verify(Request request, String signature, Instant now) {
    if (!keys.containsKey(request.keyId())) {
      return Verdict.UNKNOWN_KEY;
    }
    if (Math.abs(now.getEpochSecond() - request.timestamp()) > MAX_SKEW.toSeconds()) {
      return Verdict.SKEWED;
    }
    return same(sign(request), signature) ? Verdict.VALID : Verdict.FORGED;
  }

  /** The signature of an answer, bound to the request by its nonce. */
  public String signAnswer(String keyId, String nonce, int status, String body) {
    return sign(keyId, "answer", keyId, nonce, Integer.toString(status), sha256(body));
  }

  /** Whether an answer is signed with a key known here; a key that is not known is no error. */
  public boolean verifyAnswer(
      String keyId, String nonce, int status, String body, String signature) {
    return keys.containsKey(keyId) && same(signAnswer(keyId, nonce, status, body), signature);
  }

  private String sign(String keyId, String... lines) {
    byte[] key = keys.get(keyId);
    if (key == null) {
      throw new IllegalArgumentException("no key named " + keyId);
    }
    try {
      Mac mac = Mac.getInstance(ALGORITHM);
      mac.init(new SecretKeySpec(key, ALGORITHM));
      return HexFormat.of().formatHex(mac.doFinal(String.join("\n", lines).getBytes(UTF_8)));
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException(ALGORITHM + " is missing from this Java runtime", e);
    }
  }

  private static String sha256(String body) {
    try {
      return HexFormat.of()
          .formatHex(MessageDigest.getInstance("SHA-256").digest(body.getBytes(UTF_8)));
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("SHA-256 is missing from this Java runtime", e);
    }
  }

  private static boolean same(String expected, String actual) {
    return MessageDigest.isEqual(expected.getBytes(UTF_8), actual.getBytes(UTF_8));
  }
}
