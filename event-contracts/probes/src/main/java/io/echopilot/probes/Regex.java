package io.echopilot.probes;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;
import com.google.re2j.Pattern;
import com.google.re2j.PatternSyntaxException;

/**
 * A regular expression in the syntax of RE2, found anywhere in a text. Matches in linear time: none
 * that a definition brings along can hold up the other probes.
 */
public final class Regex {
  private final Pattern pattern;

  private Regex(Pattern pattern) {
    this.pattern = pattern;
  }

  /** Compiles an expression. */
  @JsonCreator(mode = JsonCreator.Mode.DELEGATING)
  public static Regex of(String expression) {
    try {
      return new Regex(Pattern.compile(expression, Pattern.DOTALL));
    } catch (PatternSyntaxException e) {
      throw new IllegalArgumentException(
          "\"%s\" is no regular expression of RE2: %s".formatted(expression, e.getDescription()),
          e);
    }
  }

  public boolean isIn(String text) {
    return pattern.matcher(text).find();
  }

  @JsonValue
  @Override
  public String toString() {
    return pattern.pattern();
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof Regex regex && regex.toString().equals(toString());
  }

  @Override
  public int hashCode() {
    return toString().hashCode();
  }
}
