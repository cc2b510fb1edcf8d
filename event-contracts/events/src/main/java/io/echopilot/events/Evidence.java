package io.echopilot.events;

import org.jspecify.annotations.Nullable;

/**
 * A compact copy of one record that a decision rests on, with its position.
 *
 * @param site the site it speaks of; null for an entrypoint or a route
 * @param location who saw it; null where no location is involved
 * @param probe which probe saw it; null for anything but a probe result
 * @param slot the result's slot; null for anything but a probe result
 * @param finding what was seen, in a few words, such as {@code refused} or {@code success}
 */
public record Evidence(
    String topic,
    int partition,
    long offset,
    @Nullable SiteId site,
    @Nullable LocationId location,
    @Nullable ProbeId probe,
    @Nullable Slot slot,
    String finding) {
  public Evidence {
    Checks.text("evidence.topic", topic);
    Checks.atLeast("evidence.partition", 0, partition);
    Checks.atLeast("evidence.offset", 0, offset);
    Checks.text("evidence.finding", finding);
  }
}
