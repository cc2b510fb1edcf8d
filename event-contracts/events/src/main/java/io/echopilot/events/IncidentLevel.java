package io.echopilot.events;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;

/** How bad an incident is, mildest first: the runbook's levels 1 to 3. */
public enum IncidentLevel {
  /** Level 1: users notice little, somebody should look within half an hour. */
  DEGRADED(1),
  /** Level 2: users are affected, or were until traffic moved. */
  PARTIAL_OUTAGE(2),
  /** Level 3: users get nothing and the system can't help itself. */
  TOTAL_OUTAGE(3);

  private final int number;

  IncidentLevel(int number) {
    this.number = number;
  }

  /** 1 to 3. */
  public int number() {
    return number;
  }

  public boolean isWorseThan(IncidentLevel other) {
    return compareTo(other) > 0;
  }

  @JsonValue
  public String value() {
    return EnumNames.lower(this);
  }

  @JsonCreator
  public static IncidentLevel of(String value) {
    return EnumNames.parse(IncidentLevel.class, "level", value);
  }
}
