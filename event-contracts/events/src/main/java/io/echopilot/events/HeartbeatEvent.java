package io.echopilot.events;

import java.time.Instant;

/** Signs of life of our own processes; on {@code echopilot.heartbeats}. */
public sealed interface HeartbeatEvent extends Event {
  /**
   * An instance runs and reaches Kafka.
   *
   * @param application its name, for example {@code failover-service}
   */
  @EventType(
      value = "io.echopilot.service.heartbeat.v1",
      summary = "An instance of a service runs and reaches Kafka.")
  record ServiceHeartbeat(InstanceId instance, String application, Instant startedAt, Instant at)
      implements HeartbeatEvent {
    public ServiceHeartbeat {
      Checks.present("instance", instance);
      Checks.text("application", application);
      Checks.present("startedAt", startedAt);
      Checks.present("at", at);
    }

    @Override
    public String subject() {
      return instance.value();
    }
  }

  /** A prober of a location runs and reaches Kafka; keyed by location. */
  @EventType(
      value = "io.echopilot.location.heartbeat.v1",
      summary = "A prober of a location runs and reaches Kafka.")
  record LocationHeartbeat(LocationId location, InstanceId instance, Instant at)
      implements HeartbeatEvent {
    public LocationHeartbeat {
      Checks.present("location", location);
      Checks.present("instance", instance);
      Checks.present("at", at);
    }

    @Override
    public String subject() {
      return location.value();
    }
  }
}
