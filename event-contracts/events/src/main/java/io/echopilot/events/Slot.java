package io.echopilot.events;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;
import java.time.Duration;
import java.time.Instant;

/**
 * The planned start of a probe at its location, to the millisecond. Slots order the results of one
 * location; they are never compared between locations, whose clocks differ.
 */
public record Slot(@JsonValue Instant start) implements Comparable<Slot> {
  @JsonCreator(mode = JsonCreator.Mode.DELEGATING)
  public Slot {
    Checks.present("slot", start);
  }

  public static Slot ofEpochMilli(long millis) {
    return new Slot(Instant.ofEpochMilli(millis));
  }

  public Slot plus(Duration duration) {
    return new Slot(start.plus(duration));
  }

  public boolean isBefore(Slot other) {
    return start.isBefore(other.start);
  }

  @Override
  public int compareTo(Slot other) {
    return start.compareTo(other.start);
  }

  @Override
  public String toString() {
    return start.toString();
  }
}
