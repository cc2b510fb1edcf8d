package io.echopilot.probes;

/** The secrets of this prober; none is ever logged or told. */
public interface Secrets {
  /**
   * A secret as it is now.
   *
   * @throws MissingSecretException when this prober does not have it
   */
  String value(SecretRef secret);

  /** A secret that this prober was not given: the probe can't be carried out. */
  final class MissingSecretException extends RuntimeException {
    public MissingSecretException(String message) {
      super(message);
    }
  }
}
