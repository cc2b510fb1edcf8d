package io.echopilot.probes;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;

import io.echopilot.events.ProbeError.Kind;

/** Looks at findings. */
public final class Findings {
  private Findings() {}

  public static void expectSuccess(Finding finding) {
    assertThat(finding.error()).isNull();
  }

  public static void expect(Finding finding, Kind kind, String sentence) {
    assertThat(finding.error()).isNotNull();
    assertThat(requireNonNull(finding.error()).message()).contains(sentence);
    assertThat(requireNonNull(finding.error()).kind()).isEqualTo(kind);
  }
}
