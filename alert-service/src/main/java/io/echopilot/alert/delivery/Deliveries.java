package io.echopilot.alert.delivery;

import io.echopilot.alert.delivery.Routing.Rule;
import io.echopilot.events.AlertEvent.AlertDelivered;
import io.echopilot.events.AlertEvent.AlertDeliveryFailed;
import io.echopilot.events.AlertEvent.AlertRequested;
import io.echopilot.events.ChannelId;
import io.echopilot.events.Incident;
import io.echopilot.events.IncidentEvent;
import io.echopilot.events.IncidentEvent.IncidentOpened;
import io.echopilot.events.IncidentEvent.IncidentResolved;
import io.echopilot.events.IncidentEvent.IncidentUpdated;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * What is to be told of one incident and what was. One delivery per channel is under way at a time,
 * so that while a channel is slow the newest state waits and those between are never sent.
 *
 * @param incident as it stands
 * @param resolved whether it is over
 * @param channels what each channel that was asked shows
 */
public record Deliveries(
    Incident incident, boolean resolved, Map<ChannelId, ChannelState> channels) {
  private static final Duration FIRST_RETRY = Duration.ofSeconds(1);
  private static final Duration LONGEST_RETRY = Duration.ofMinutes(1);
  private static final int MOST_DOUBLINGS = 6;

  public Deliveries {
    channels = Map.copyOf(channels);
  }

  /**
   * What follows.
   *
   * @param deliveries from now on; null when all is told and over
   * @param requests what channels are asked to do, in order
   */
  public record Outcome(@Nullable Deliveries deliveries, List<AlertRequested> requests) {}

  /** An incident was opened, updated or resolved. */
  public static Outcome changed(
      @Nullable Deliveries before, IncidentEvent event, Instant now, Routing routing) {
    boolean resolved =
        switch (event) {
          case IncidentOpened _, IncidentUpdated _ -> false;
          case IncidentResolved _ -> true;
        };
    Map<ChannelId, ChannelState> channels = before == null ? Map.of() : before.channels();
    return new Deliveries(event.incident(), resolved, channels).next(now, routing);
  }

  /** A channel took a delivery; another than the one under way is an old story. */
  public Outcome delivered(AlertDelivered event, Instant now, Routing routing) {
    return underWay(event.channel(), event.delivery())
        .map(state ->
            with(
                event.channel(),
                state.isMarking()
                    ? state.marked()
                    : state.delivered(event.revision(), event.message(), incident.level())))
        .orElse(this)
        .next(now, routing);
  }

  /** A channel did not take a delivery. */
  public Outcome failed(AlertDeliveryFailed event, Instant now, Routing routing) {
    return underWay(event.channel(), event.delivery())
        .map(state -> with(event.channel(), afterFailure(state, event, now)))
        .orElse(this)
        .next(now, routing);
  }

  /** The time for a retry has come. */
  public Outcome due(Instant now, Routing routing) {
    return next(now, routing);
  }

  /** When the next retry is due. */
  public Optional<Instant> nextDeadline() {
    return channels.values().stream()
        .map(ChannelState::retryAt)
        .filter(at -> at != null)
        .min(Instant::compareTo);
  }

  private ChannelState afterFailure(ChannelState state, AlertDeliveryFailed event, Instant now) {
    if (!event.permanent()) {
      return state.failed(now.plus(wait(state.attempt(), event.retryAfter())));
    }
    if (state.isMarking()) {
      return state.marked();
    }
    return state.messageToEdit(incident.level()) == null
        ? state.refused(incident.level())
        : state.lost();
  }

  private static Duration wait(int attempt, @Nullable Duration asked) {
    Duration own = FIRST_RETRY.multipliedBy(1L << Math.min(attempt - 1, MOST_DOUBLINGS));
    Duration bounded = own.compareTo(LONGEST_RETRY) > 0 ? LONGEST_RETRY : own;
    return asked != null && asked.compareTo(bounded) > 0 ? asked : bounded;
  }

  private Optional<ChannelState> underWay(ChannelId channel, int delivery) {
    return Optional.ofNullable(channels.get(channel))
        .filter(state -> state.isUnderWay() && state.delivery() == delivery);
  }

  private Outcome next(Instant now, Routing routing) {
    Deliveries after = this;
    List<AlertRequested> requests = new ArrayList<>();
    for (ChannelId channel : involved(routing)) {
      ChannelState state = channels.getOrDefault(channel, ChannelState.NEW);
      if (isToBeAsked(state, now)) {
        ChannelState asking = state.asking(incident.revision(), state.retryAt() != null);
        after = after.with(channel, asking);
        requests.add(
            new AlertRequested(
                channel,
                incident,
                resolved,
                asking.delivery(),
                asking.attempt(),
                state.messageToEdit(incident.level()),
                null));
      } else if (isToBeMarked(state, now)) {
        ChannelState marking = state.asking(state.shown(), state.retryAt() != null);
        after = after.with(channel, marking);
        requests.add(
            new AlertRequested(
                channel,
                incident,
                resolved,
                marking.delivery(),
                marking.attempt(),
                state.outdated(),
                state.message()));
      }
    }
    return new Outcome(after.isOver(routing) ? null : after, requests);
  }

  private boolean isToBeAsked(ChannelState state, Instant now) {
    return !state.isUnderWay()
        && !state.isWaiting(now)
        && !state.hasRefused(incident.level())
        && state.shown() < incident.revision();
  }

  /** Once all is told: nobody waits for it. */
  private static boolean isToBeMarked(ChannelState state, Instant now) {
    return !state.isUnderWay() && !state.isWaiting(now) && state.outdated() != null;
  }

  /** Those of the level and those that show something already; all, when all of these refuse. */
  private Collection<ChannelId> involved(Routing routing) {
    List<ChannelId> regular =
        routing.channels().stream()
            .filter(rule -> rule.takes(incident.level()) || channels.containsKey(rule.channel()))
            .map(Rule::channel)
            .toList();
    boolean somebodyHears = regular.stream().anyMatch(channel -> !refuses(channel));
    return somebodyHears ? regular : routing.channels().stream().map(Rule::channel).toList();
  }

  private boolean refuses(ChannelId channel) {
    return channels.getOrDefault(channel, ChannelState.NEW).hasRefused(incident.level());
  }

  private boolean isOver(Routing routing) {
    return resolved
        && involved(routing).stream()
            .map(channel -> channels.getOrDefault(channel, ChannelState.NEW))
            .allMatch(state ->
                !state.isUnderWay()
                    && state.outdated() == null
                    && (state.shown() >= incident.revision()
                        || state.hasRefused(incident.level())));
  }

  private Deliveries with(ChannelId channel, ChannelState state) {
    Map<ChannelId, ChannelState> changed = new TreeMap<>(channels);
    changed.put(channel, state);
    return new Deliveries(incident, resolved, changed);
  }
}
