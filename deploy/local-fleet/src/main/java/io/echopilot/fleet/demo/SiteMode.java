package io.echopilot.fleet.demo;

import com.fasterxml.jackson.annotation.JsonValue;
import java.util.Arrays;
import java.util.stream.Collectors;

/** How a demo site behaves. */
public enum SiteMode {
  OK("ok"),
  /** Nobody listens: connections are refused, those that stood are closed. */
  REFUSE("refuse"),
  /** Accepts, and answers only after {@link DemoSite#SLOW}. */
  SLOW("slow"),
  /** Answers at once that it failed. */
  ERROR("500");

  private final String text;

  SiteMode(String text) {
    this.text = text;
  }

  @JsonValue
  public String text() {
    return text;
  }

  /**
   * @throws IllegalArgumentException for any other text
   */
  static SiteMode of(String text) {
    return Arrays.stream(values())
        .filter(mode -> mode.text.equals(text))
        .findFirst()
        .orElseThrow(() ->
            new IllegalArgumentException(
                "mode must be one of %s, but is \"%s\""
                    .formatted(
                        Arrays.stream(values())
                            .map(SiteMode::text)
                            .collect(Collectors.joining(", ")),
                        text)));
  }
}
