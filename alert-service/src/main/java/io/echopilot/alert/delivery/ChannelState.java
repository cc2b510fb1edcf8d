package io.echopilot.alert.delivery;

import io.echopilot.events.IncidentLevel;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * What one channel shows of an incident, and what is under way.
 *
 * @param delivery number of the last delivery that was asked for, 0 before the first
 * @param attempt of that delivery
 * @param asked the revision that is being delivered; 0 when nothing is under way
 * @param shown the revision that people see; 0 when none
 * @param message the channel's name of the message that is edited; null when the next is a new one
 * @param rang the level at which people were last rung; null before the first message
 * @param retryAt when to try again; null when nothing failed
 * @param refused the level at which the channel refused for good; null when it did not
 * @param outdated a message that a newer one took the place of and that does not say so yet; null
 *     when there is none
 */
public record ChannelState(
    int delivery,
    int attempt,
    int asked,
    int shown,
    @Nullable String message,
    @Nullable IncidentLevel rang,
    @Nullable Instant retryAt,
    @Nullable IncidentLevel refused,
    @Nullable String outdated) {
  static final ChannelState NEW = new ChannelState(0, 0, 0, 0, null, null, null, null, null);

  boolean isUnderWay() {
    return asked > 0;
  }

  /** What is under way tells nothing new of the incident: an outdated message is being marked. */
  boolean isMarking() {
    return isUnderWay() && asked == shown;
  }

  boolean isWaiting(Instant now) {
    return retryAt != null && retryAt.isAfter(now);
  }

  /** A worse incident is tried again: it may be another rule that refuses. */
  boolean hasRefused(IncidentLevel level) {
    return refused != null && !level.isWorseThan(refused);
  }

  /** An edit rings nobody's phone: what gets worse is a message of its own. */
  @Nullable String messageToEdit(IncidentLevel level) {
    return rang == null || level.isWorseThan(rang) ? null : message;
  }

  ChannelState asking(int revision, boolean again) {
    return new ChannelState(
        again ? delivery : delivery + 1,
        again ? attempt + 1 : 1,
        revision,
        shown,
        message,
        rang,
        null,
        refused,
        outdated);
  }

  ChannelState delivered(int revision, String name, IncidentLevel level) {
    IncidentLevel loudest = rang != null && rang.isWorseThan(level) ? rang : level;
    String replaced = message == null || message.equals(name) ? outdated : message;
    return new ChannelState(delivery, 0, 0, revision, name, loudest, null, null, replaced);
  }

  /** The outdated message says so, or never will. */
  ChannelState marked() {
    return new ChannelState(delivery, 0, 0, shown, message, rang, null, refused, null);
  }

  ChannelState failed(Instant next) {
    return new ChannelState(delivery, attempt, 0, shown, message, rang, next, refused, outdated);
  }

  /** The message can't be edited any more: it was deleted, or is too old. */
  ChannelState lost() {
    return new ChannelState(delivery, 0, 0, shown, null, rang, null, null, outdated);
  }

  ChannelState refused(IncidentLevel level) {
    return new ChannelState(delivery, 0, 0, shown, message, rang, null, level, outdated);
  }
}
