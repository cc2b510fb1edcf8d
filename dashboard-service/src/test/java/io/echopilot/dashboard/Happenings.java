package io.echopilot.dashboard;

import io.echopilot.events.Epoch;
import io.echopilot.events.FailoverPhase;
import io.echopilot.events.FailoverStateEvent.FailoverState;
import io.echopilot.events.Incident;
import io.echopilot.events.IncidentCause;
import io.echopilot.events.IncidentEvent.IncidentOpened;
import io.echopilot.events.IncidentEvent.IncidentResolved;
import io.echopilot.events.IncidentId;
import io.echopilot.events.IncidentLevel;
import io.echopilot.events.InstanceId;
import io.echopilot.events.LocationId;
import io.echopilot.events.Outcome;
import io.echopilot.events.ProbeError;
import io.echopilot.events.ProbeEvent.ProbeCompleted;
import io.echopilot.events.ProbeId;
import io.echopilot.events.ProbeRun;
import io.echopilot.events.RecordPosition;
import io.echopilot.events.Route;
import io.echopilot.events.ServiceId;
import io.echopilot.events.SiteId;
import io.echopilot.events.Slot;
import io.echopilot.events.TopicNames;
import java.time.Duration;
import java.time.Instant;
import java.util.List;

/** What other services say, in short. */
public final class Happenings {
  public static final Instant NOON = Instant.parse("2026-11-26T12:00:00Z");

  private Happenings() {}

  public static IncidentOpened opened(String id) {
    return new IncidentOpened(incident(id, 1, "primary is down"));
  }

  public static IncidentResolved resolved(String id) {
    return new IncidentResolved(incident(id, 2, "all is as before"));
  }

  public static FailoverState state(String service, FailoverPhase phase) {
    return new FailoverState(
        new ServiceId(service),
        1,
        1,
        phase,
        NOON,
        new Route(new SiteId("primary"), new Epoch(0, 0), null),
        null,
        List.of(),
        List.of(),
        List.of(),
        null);
  }

  public static ProbeCompleted success(String service, String site, Duration latency) {
    return probe(service, site, Outcome.SUCCESS, latency, false);
  }

  public static ProbeCompleted probe(
      String service, String site, Outcome outcome, Duration latency, boolean impaired) {
    return new ProbeCompleted(
        new ServiceId(service),
        new SiteId(site),
        new ProbeId("health"),
        200,
        new ProbeRun(
            new LocationId("local-1"),
            new InstanceId("test"),
            new Slot(NOON),
            Duration.ofSeconds(1),
            NOON,
            NOON.plus(latency),
            outcome,
            outcome == Outcome.FAILURE
                ? new ProbeError(ProbeError.Kind.REFUSED, "connection refused")
                : null,
            null,
            impaired));
  }

  private static Incident incident(String id, int revision, String title) {
    return new Incident(
        new IncidentId(id),
        new ServiceId("checkout"),
        IncidentCause.FAILOVER,
        IncidentLevel.PARTIAL_OUTAGE,
        revision,
        title,
        List.of(
            new Incident.Entry(
                NOON, title, new RecordPosition(TopicNames.FAILOVER_EVENTS, 0, revision))),
        NOON,
        NOON);
  }
}
