package io.echopilot.events;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;

/**
 * A configured way to reach people, for example {@code telegram}. 1 to 63 lower-case letters,
 * digits or inner hyphens.
 */
public record ChannelId(@JsonValue String value) implements Comparable<ChannelId> {
  @JsonCreator(mode = JsonCreator.Mode.DELEGATING)
  public ChannelId {
    Checks.name("channel", value);
  }

  @Override
  public int compareTo(ChannelId other) {
    return value.compareTo(other.value);
  }

  @Override
  public String toString() {
    return value;
  }
}
