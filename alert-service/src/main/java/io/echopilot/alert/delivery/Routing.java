package io.echopilot.alert.delivery;

import io.echopilot.events.ChannelId;
import io.echopilot.events.IncidentLevel;
import java.util.List;

/**
 * Which channels there are, in order of preference, and from which level on each is used.
 *
 * @param channels at least one, each named once
 */
public record Routing(List<Rule> channels) {
  public Routing {
    channels = List.copyOf(channels);
  }

  /** A channel is used for incidents of this level and worse ones. */
  public record Rule(ChannelId channel, IncidentLevel from) {
    boolean takes(IncidentLevel level) {
      return !from.isWorseThan(level);
    }
  }
}
