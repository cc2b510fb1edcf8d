package io.echopilot.alert.incident;

import static io.echopilot.alert.incident.OpenIncident.Stage.STUCK;
import static io.echopilot.events.IncidentCause.LOCATION;
import static io.echopilot.events.IncidentLevel.DEGRADED;

import io.echopilot.alert.incident.LocationState.Condition;
import io.echopilot.events.HeartbeatEvent.LocationHeartbeat;
import io.echopilot.events.IncidentEvent;
import io.echopilot.events.LocationEvent;
import io.echopilot.events.LocationEvent.LocationImpaired;
import io.echopilot.events.LocationEvent.LocationRecovered;
import io.echopilot.events.LocationId;
import io.echopilot.events.RecordPosition;
import io.echopilot.events.ServiceId;
import java.time.Duration;
import java.time.Instant;
import java.util.List;

/**
 * When people hear of a location: a ticket while it can't reach its references or is not heard at
 * all. Its votes are unknown then, so that it moves nothing, and nobody must get up.
 */
public final class LocationRules {
  /** Three heartbeats. */
  public static final Duration PATIENCE = Duration.ofSeconds(30);

  /** A location that is not heard for so long was given up. */
  private static final Duration GIVEN_UP = Duration.ofDays(1);

  private LocationRules() {}

  /**
   * What follows.
   *
   * @param state from now on
   * @param events what is published, in order
   */
  public record Outcome(LocationState state, List<IncidentEvent> events) {}

  /** A replica says how it fares. */
  public static Outcome apply(
      LocationState before, LocationEvent event, Instant now, RecordPosition at) {
    return switch (event) {
      case LocationImpaired e -> {
        LocationState after = before.withImpaired(e.instance());
        String what = "%s: %s".formatted(e.instance(), e.reason());
        yield after.equals(before)
            ? new Outcome(before, List.of())
            : told(after, Condition.IMPAIRED, what, log(after, e.location(), now, at));
      }
      case LocationRecovered e -> {
        LocationState after = before.withoutImpaired(e.instance());
        String what = "%s reaches its references".formatted(e.instance());
        boolean isOver = after.impaired().isEmpty() && before.condition() == Condition.IMPAIRED;
        yield isOver
            ? told(after, Condition.WELL, what, log(after, e.location(), now, at))
            : new Outcome(after, List.of());
      }
    };
  }

  /** A replica is heard. */
  public static Outcome apply(
      LocationState before, LocationHeartbeat event, Instant now, RecordPosition at) {
    LocationState after = before.withBeat(event.instance(), now, at);
    return before.condition() == Condition.SILENT
        ? told(
            after,
            Condition.WELL,
            "%s is heard".formatted(event.instance()),
            log(after, event.location(), now, at))
        : new Outcome(after, List.of());
  }

  /**
   * Time passes.
   *
   * @param listening since when all that is said has been heard: silence before is no news
   */
  public static Outcome at(
      LocationState before, LocationId location, Instant listening, Instant now) {
    RecordPosition lastBeat = before.lastBeat();
    if (lastBeat == null || listening.plus(PATIENCE).isAfter(now)) {
      return new Outcome(before, List.of());
    }
    Log log = log(before, location, now, lastBeat);
    return switch (before.condition()) {
      case SILENT -> {
        boolean isGivenUp =
            before.heard().values().stream().allMatch(last -> last.plus(GIVEN_UP).isBefore(now));
        if (!isGivenUp) {
          yield new Outcome(before, List.of());
        }
        log.resolve(LOCATION, "it was given up", "nothing was heard for a day");
        yield new Outcome(LocationState.UNKNOWN, log.events());
      }
      case WELL, IMPAIRED -> {
        LocationState after = before.withoutThoseBefore(now.minus(PATIENCE));
        if (after.heard().isEmpty()) {
          // Remembered as they were heard last.
          yield told(before, Condition.SILENT, "no replica was heard for half a minute", log);
        }
        yield before.condition() == Condition.IMPAIRED && after.impaired().isEmpty()
            ? told(after, Condition.WELL, "the replica that said so is gone", log)
            : new Outcome(after, List.of());
      }
    };
  }

  private static Outcome told(LocationState state, Condition next, String what, Log log) {
    switch (next) {
      case WELL -> log.resolve(LOCATION, "it does well again, its results count", what);
      case IMPAIRED ->
          log.tell(
              LOCATION,
              STUCK,
              DEGRADED,
              "it can't reach its own references, its results count for nothing",
              what);
      case SILENT ->
          log.tell(LOCATION, STUCK, DEGRADED, "it is silent, its results are missing", what);
    }
    return new Outcome(state.with(next, log.incidents()), log.events());
  }

  /** People are told of a location where they are told of a service. */
  private static Log log(LocationState state, LocationId location, Instant now, RecordPosition at) {
    return new Log(state.incidents(), new ServiceId(location.value()), now, at, now.toEpochMilli());
  }
}
