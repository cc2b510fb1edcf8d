package io.echopilot.events;

import java.time.Instant;

/** How the locations themselves fare; on {@code echopilot.location-events}. */
public sealed interface LocationEvent extends Event {
  LocationId location();

  InstanceId instance();

  @Override
  default String subject() {
    return location().value();
  }

  /** A location can't reach its own reference addresses; its results count for nothing. */
  @EventType(
      value = "io.echopilot.location.impaired.v1",
      summary = "A location can't reach its own references; its results count for nothing.")
  record LocationImpaired(LocationId location, InstanceId instance, Instant at, String reason)
      implements LocationEvent {
    public LocationImpaired {
      Checks.present("location", location);
      Checks.present("instance", instance);
      Checks.present("at", at);
      Checks.text("reason", reason);
    }
  }

  /** A location reaches a reference address again; its results count. */
  @EventType(
      value = "io.echopilot.location.recovered.v1",
      summary = "A location reaches its references again; its results count.")
  record LocationRecovered(
      LocationId location, InstanceId instance, Instant at, Instant impairedSince)
      implements LocationEvent {
    public LocationRecovered {
      Checks.present("location", location);
      Checks.present("instance", instance);
      Checks.present("at", at);
      Checks.present("impairedSince", impairedSince);
    }
  }
}
