package io.echopilot.events;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;

/** One running process of a service of ours, for example {@code failover-service@host-1-4711}. */
public record InstanceId(@JsonValue String value) {
  @JsonCreator(mode = JsonCreator.Mode.DELEGATING)
  public InstanceId {
    Checks.text("instance", value);
  }

  @Override
  public String toString() {
    return value;
  }
}
