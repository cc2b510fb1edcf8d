package io.echopilot.events;

import java.time.Duration;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** Who is to be told of an incident, and who was; on {@code echopilot.alert-deliveries}. */
public sealed interface AlertEvent extends Event {
  IncidentId incidentId();

  ChannelId channel();

  @Override
  default String subject() {
    return incidentId().value();
  }

  /**
   * A channel is to tell people how an incident stands.
   *
   * @param delivery number of the delivery to this channel for this incident, counted from 1; a
   *     retry keeps it
   * @param attempt counted from 1
   * @param message the channel's own name of the message to edit; null to send a new one
   * @param newer the channel's own name of the message that took the edited one's place, which is
   *     all that the edited one still says; null when the message is to tell the incident
   */
  @EventType(
      value = "io.echopilot.alert.requested.v1",
      summary = "A channel is to tell people how an incident stands.")
  record AlertRequested(
      ChannelId channel,
      Incident incident,
      boolean resolved,
      int delivery,
      int attempt,
      @Nullable String message,
      @Nullable String newer)
      implements AlertEvent {
    public AlertRequested {
      Checks.present("channel", channel);
      Checks.present("incident", incident);
      Checks.atLeast("delivery", 1, delivery);
      Checks.atLeast("attempt", 1, attempt);
      if (newer != null) {
        Checks.present("message", message);
      }
    }

    @Override
    public IncidentId incidentId() {
      return incident.id();
    }
  }

  /**
   * The channel took it.
   *
   * @param revision of the incident that people see now
   * @param message the channel's own name of the message
   */
  @EventType(value = "io.echopilot.alert.delivered.v1", summary = "The channel took the message.")
  record AlertDelivered(
      ChannelId channel,
      IncidentId incidentId,
      int revision,
      int delivery,
      int attempt,
      String message,
      Instant at)
      implements AlertEvent {
    public AlertDelivered {
      Checks.present("channel", channel);
      Checks.present("incidentId", incidentId);
      Checks.atLeast("revision", 1, revision);
      Checks.atLeast("delivery", 1, delivery);
      Checks.atLeast("attempt", 1, attempt);
      Checks.text("message", message);
      Checks.present("at", at);
    }
  }

  /**
   * The channel did not take it.
   *
   * @param permanent whether another attempt is without hope: the channel refused it for good
   * @param retryAfter how long the channel asks to be left alone; null when it does not say
   */
  @EventType(
      value = "io.echopilot.alert.delivery-failed.v1",
      summary = "The channel did not take the message.")
  record AlertDeliveryFailed(
      ChannelId channel,
      IncidentId incidentId,
      int revision,
      int delivery,
      int attempt,
      String reason,
      boolean permanent,
      @Nullable Duration retryAfter,
      Instant at)
      implements AlertEvent {
    public AlertDeliveryFailed {
      Checks.present("channel", channel);
      Checks.present("incidentId", incidentId);
      Checks.atLeast("revision", 1, revision);
      Checks.atLeast("delivery", 1, delivery);
      Checks.atLeast("attempt", 1, attempt);
      Checks.text("reason", reason);
      Checks.present("at", at);
    }
  }
}
