package io.echopilot.events;

import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.Locale;
import java.util.Optional;

/** What an event says, in one sentence for a person. */
public final class EventSentences {
  private static final DateTimeFormatter SECOND =
      DateTimeFormatter.ofPattern("HH:mm:ss", Locale.ROOT);

  private final ZoneId zone;

  /**
   * Sentences in a person's time.
   *
   * @param zone in which moments are told
   */
  public EventSentences(ZoneId zone) {
    this.zone = zone;
  }

  /** Empty for an event that says nothing to a person who watches: a view, a beat, a request. */
  public Optional<String> of(Event event) {
    return switch (event) {
      case FailoverEvent failover -> Optional.of(text(failover));
      case LocationEvent location -> Optional.of(text(location));
      case IncidentEvent incident -> Optional.of(text(incident));
      case AlertEvent alert -> text(alert);
      case BackupEvent backup -> Optional.of(text(backup));
      case ServiceEvent service -> Optional.of(text(service));
      case SloEvent slo -> text(slo);
      case AnomalyEvent anomaly -> Optional.of(text(anomaly));
      case BackupCommand _,
          TimelineEvent _,
          ProbeEvent _,
          TrafficResult _,
          FailoverStateEvent _,
          HeartbeatEvent _,
          JobEvent _ ->
          Optional.empty();
    };
  }

  private String text(FailoverEvent event) {
    return switch (event) {
      case FailoverEvent.RouteEstablished e ->
          "protected: %s serves, epoch %s".formatted(e.site(), e.epoch());
      case FailoverEvent.SiteSuspected e -> "%s is suspected%s".formatted(e.site(), why(e));
      case FailoverEvent.SiteCleared e -> "%s answers again; nothing was moved".formatted(e.site());
      case FailoverEvent.FailoverStarted e ->
          "FAILOVER from %s to %s, epoch %s%s".formatted(e.from(), e.to(), e.epoch(), why(e));
      case FailoverEvent.FailoverBlocked e ->
          "BLOCKED: %s is down and no other site is healthy; traffic stays%s"
              .formatted(e.site(), why(e));
      case FailoverEvent.TrafficSwitchRequested e ->
          "%s is asked to send traffic to %s (attempt %d)"
              .formatted(e.endpoint(), e.site(), e.attempt());
      case FailoverEvent.TrafficSwitched e ->
          "the edge sends traffic to %s, epoch %s".formatted(e.site(), e.epoch());
      case FailoverEvent.TrafficSwitchFailed e ->
          "the switch to %s failed: %s; next attempt at %s"
              .formatted(e.site(), e.reason(), clock(e.retryAt()));
      case FailoverEvent.FailoverCompleted e ->
          "failover completed: %s serves (%s) after %s"
              .formatted(e.to(), proof(e.confirmation()), since(e.startedAt(), e));
      case FailoverEvent.RecoveryStarted e ->
          "%s is healthy again; traffic returns at %s at the earliest"
              .formatted(e.site(), clock(e.failbackAt()));
      case FailoverEvent.RecoveryInterrupted e -> "the failback is off%s".formatted(why(e));
      case FailoverEvent.FailbackStarted e ->
          "failback from %s to %s, epoch %s".formatted(e.from(), e.to(), e.epoch());
      case FailoverEvent.FailbackCompleted e ->
          "failback completed: %s serves (%s), watched until %s"
              .formatted(e.to(), proof(e.confirmation()), clock(e.observeUntil()));
      case FailoverEvent.ObservationCompleted e ->
          "%s did well since its return; all is as before".formatted(e.site());
      case FailoverEvent.RouteDrifted e ->
          "DRIFT: the edge sends traffic to %s instead of %s"
              .formatted(name(e.observed()), e.expected());
      case FailoverEvent.RouteReasserted e ->
          "the route to %s is in force again, epoch %s".formatted(e.site(), e.epoch());
      case FailoverEvent.SwitchAdopted e ->
          "somebody else moved traffic to %s, epoch %s; it is taken as it is"
              .formatted(name(e.route()), e.route().epoch());
      case FailoverEvent.ServiceHeld e -> "HELD until a person releases it: " + e.reason();
    };
  }

  private static String text(ServiceEvent event) {
    return switch (event) {
      case ServiceEvent.ServiceDefined e -> "definition %d is in force".formatted(e.revision());
      case ServiceEvent.ServiceRemoved _ -> "is no longer protected";
    };
  }

  private static Optional<String> text(SloEvent event) {
    String who = event.site() == null ? "the service" : event.site().value();
    return switch (event) {
      case SloEvent.SloBreached e ->
          Optional.of(
              String.format(
                  Locale.ROOT,
                  "%s burns its budget of %s %.1f times too fast",
                  who,
                  e.slo(),
                  e.burnRate()));
      case SloEvent.SloRecovered e ->
          Optional.of("%s burns its budget of %s no faster than it may".formatted(who, e.slo()));
      case SloEvent.SloStatus _ -> Optional.empty();
    };
  }

  private static String text(AnomalyEvent event) {
    return switch (event) {
      case AnomalyEvent.AnomalyDetected e when e.sentence() != null ->
          "at %s %s".formatted(e.site(), e.sentence());
      case AnomalyEvent.AnomalyDetected e ->
          String.format(
              Locale.ROOT,
              "%s of %s is %.1f, expected was %.1f to %.1f",
              e.series(),
              e.site(),
              e.value(),
              e.expectedLow(),
              e.expectedHigh());
      case AnomalyEvent.AnomalyCleared e ->
          "%s of %s is as usual again".formatted(e.series(), e.site());
    };
  }

  private static String text(LocationEvent event) {
    return switch (event) {
      case LocationEvent.LocationImpaired e ->
          "location impaired, its results count for nothing: " + e.reason();
      case LocationEvent.LocationRecovered _ -> "location recovered, its results count again";
    };
  }

  private static String text(IncidentEvent event) {
    String how =
        switch (event) {
          case IncidentEvent.IncidentOpened _ -> "opened";
          case IncidentEvent.IncidentUpdated _ -> "updated";
          case IncidentEvent.IncidentResolved _ -> "resolved";
        };
    return "incident %s, level %d: %s"
        .formatted(how, event.incident().level().number(), event.incident().title());
  }

  private static Optional<String> text(AlertEvent event) {
    return switch (event) {
      case AlertEvent.AlertRequested _ -> Optional.empty();
      case AlertEvent.AlertDelivered e ->
          Optional.of("%s shows revision %d".formatted(e.channel(), e.revision()));
      case AlertEvent.AlertDeliveryFailed e ->
          Optional.of("%s did not take the message: %s".formatted(e.channel(), e.reason()));
    };
  }

  private static String text(BackupEvent event) {
    String what =
        switch (event) {
          case BackupEvent.BackupStarted e -> "begins (%s)".formatted(e.reason().value());
          case BackupEvent.BackupInterrupted _ -> "was interrupted; it begins anew";
          case BackupEvent.BackupCompleted e ->
              String.format(
                  Locale.ROOT,
                  "is stored, %,d bytes in %d files; not proved yet",
                  e.bytes(),
                  e.files());
          case BackupEvent.BackupVerified e ->
              "is VERIFIED: restored and compared, %d tables".formatted(e.tables().size());
          case BackupEvent.BackupFailed e ->
              "FAILED at %s: %s".formatted(e.step().value(), e.reason());
          case BackupEvent.BackupVerificationFailed e ->
              "is NOT GOOD (%s): %s".formatted(e.step().value(), String.join("; ", e.findings()));
        };
    return event.backup() + " " + what;
  }

  private static String why(FailoverEvent event) {
    Rationale rationale = event.rationale();
    return rationale.rules().isEmpty() ? "" : ": " + String.join("; ", rationale.rules());
  }

  private static String proof(Confirmation confirmation) {
    return switch (confirmation) {
      case ENTRYPOINT -> "seen where users come in";
      case ROUTE -> "says the edge";
    };
  }

  private static String name(Route route) {
    SiteId site = route.site();
    return site == null ? "nowhere" : site.value();
  }

  private static String since(Instant start, FailoverEvent event) {
    Duration took = Duration.between(start, event.rationale().now());
    return String.format(Locale.ROOT, "%.3f s", took.toMillis() / 1000.0);
  }

  private String clock(Instant time) {
    return SECOND.format(time.atZone(zone));
  }
}
