package io.echopilot.alert.channel;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.echopilot.events.IncidentId;
import java.net.URI;
import java.net.URLEncoder;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Where a message's button leads to.
 *
 * @param address null when there is none; then messages have no button
 */
record Dashboard(@Nullable URI address) {
  /** What the button says. */
  static final String BUTTON = "Open the dashboard";

  Optional<String> link(IncidentId incident) {
    return Optional.ofNullable(address)
        .map(base ->
            "%s/#incident=%s"
                .formatted(
                    base.toString().replaceAll("/+$", ""),
                    URLEncoder.encode(incident.value(), UTF_8)));
  }
}
