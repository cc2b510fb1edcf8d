package io.echopilot.prober.anomaly;

import io.echopilot.prober.anomaly.Verdict.Detected;
import java.math.BigDecimal;
import java.math.MathContext;

/** Says to people what is odd. */
public final class Why {
  private static final MathContext DIGITS = new MathContext(4);

  private Why() {}

  /** One sentence, beginning with the series. */
  public static String sentence(String series, Detected found) {
    String instead =
        "%s instead of %s to %s"
            .formatted(shortly(found.value()), shortly(found.low()), shortly(found.high()));
    return switch (found.kind()) {
      case SPIKE -> "%s is far above what is usual: %s".formatted(series, instead);
      case DIP -> "%s is far below what is usual: %s".formatted(series, instead);
      case SHIFT ->
          "%s has not been as usual for a while: %s expected, now %s"
              .formatted(series, range(found), shortly(found.value()));
      case SILENCE ->
          "%s has fallen silent at %s: %s expected"
              .formatted(series, shortly(found.value()), range(found));
      case UNKNOWN -> "%s is odd: %s".formatted(series, instead);
    };
  }

  private static String range(Detected found) {
    return "%s to %s".formatted(shortly(found.low()), shortly(found.high()));
  }

  private static String shortly(double number) {
    return new BigDecimal(number).round(DIGITS).stripTrailingZeros().toPlainString();
  }
}
