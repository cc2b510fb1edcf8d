package io.echopilot.events;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;

/**
 * Names one decision to move traffic. Made from what led to the decision, so two decisions that
 * claim the same {@link Epoch} still differ here and the second is refused.
 */
public record DecisionId(@JsonValue String value) {
  @JsonCreator(mode = JsonCreator.Mode.DELEGATING)
  public DecisionId {
    Checks.text("decisionId", value);
  }

  @Override
  public String toString() {
    return value;
  }
}
