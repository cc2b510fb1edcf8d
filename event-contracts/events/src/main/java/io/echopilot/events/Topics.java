package io.echopilot.events;

import static io.echopilot.events.Topic.Key.INCIDENT;
import static io.echopilot.events.Topic.Key.LOCATION;
import static io.echopilot.events.Topic.Key.SERVICE;
import static io.echopilot.events.Topic.Key.SOURCE;
import static io.echopilot.events.Topic.Key.SUBJECT;

import java.time.Duration;
import java.util.List;
import java.util.Optional;

/** All topics. */
public final class Topics {
  private static final Duration WEEK = Duration.ofDays(7);
  private static final Duration QUARTER = Duration.ofDays(90);
  private static final Duration YEAR = Duration.ofDays(365);

  public static final Topic<ServiceEvent> SERVICES =
      new Topic<>(
          TopicNames.SERVICES,
          ServiceEvent.class,
          SERVICE,
          null,
          "The definitions of the protected services.");
  public static final Topic<ProbeEvent> PROBE_RESULTS =
      new Topic<>(
          TopicNames.PROBE_RESULTS,
          ProbeEvent.class,
          SERVICE,
          WEEK,
          "What the locations saw of sites and entrypoints.");
  public static final Topic<LocationEvent> LOCATION_EVENTS =
      new Topic<>(
          TopicNames.LOCATION_EVENTS,
          LocationEvent.class,
          LOCATION,
          QUARTER,
          "How the probing locations themselves fare.");
  public static final Topic<SloEvent> SLO_BREACHES =
      new Topic<>(
          TopicNames.SLO_BREACHES,
          SloEvent.class,
          SERVICE,
          QUARTER,
          "Error budgets that burn too fast.");
  public static final Topic<AnomalyEvent> ANOMALIES =
      new Topic<>(
          TopicNames.ANOMALIES,
          AnomalyEvent.class,
          SERVICE,
          QUARTER,
          "Series that left their usual range.");
  public static final Topic<FailoverEvent> FAILOVER_EVENTS =
      new Topic<>(
          TopicNames.FAILOVER_EVENTS,
          FailoverEvent.class,
          SERVICE,
          YEAR,
          "What was decided about a service's traffic, and why.");
  public static final Topic<TrafficResult> TRAFFIC_RESULTS =
      new Topic<>(
          TopicNames.TRAFFIC_RESULTS,
          TrafficResult.class,
          SERVICE,
          QUARTER,
          "What actuators and read-backs saw at the edge.");
  public static final Topic<FailoverStateEvent> FAILOVER_STATE =
      new Topic<>(
          TopicNames.FAILOVER_STATE,
          FailoverStateEvent.class,
          SERVICE,
          null,
          "Where each service stands: a view, never an input.");
  public static final Topic<IncidentEvent> INCIDENTS =
      new Topic<>(
          TopicNames.INCIDENTS,
          IncidentEvent.class,
          INCIDENT,
          YEAR,
          "What people are told of, from its beginning to its end.");
  public static final Topic<AlertEvent> ALERT_DELIVERIES =
      new Topic<>(
          TopicNames.ALERT_DELIVERIES,
          AlertEvent.class,
          INCIDENT,
          QUARTER,
          "Who is to be told of an incident, and who was.");
  public static final Topic<BackupCommand> BACKUP_COMMANDS =
      new Topic<>(
          TopicNames.BACKUP_COMMANDS,
          BackupCommand.class,
          SOURCE,
          QUARTER,
          "What is to be done about backups.");
  public static final Topic<BackupEvent> BACKUP_EVENTS =
      new Topic<>(
          TopicNames.BACKUP_EVENTS,
          BackupEvent.class,
          SOURCE,
          YEAR,
          "The life of each backup, until it is proved.");
  public static final Topic<Event> TIMELINE =
      new Topic<>(
          TopicNames.TIMELINE,
          Event.class,
          SUBJECT,
          WEEK,
          "All of the above but probe results and traffic results, in one order.");
  public static final Topic<HeartbeatEvent> HEARTBEATS =
      new Topic<>(
          TopicNames.HEARTBEATS,
          HeartbeatEvent.class,
          Topic.Key.INSTANCE,
          Duration.ofDays(1),
          "Signs of life of the fleet's own processes.");

  public static final Topic<JobEvent> JOB_REPORTS =
      new Topic<>(
          TopicNames.JOB_REPORTS,
          JobEvent.class,
          Topic.Key.JOB,
          null,
          "The newest report of each job that a probe waits for.");

  private static final List<Topic<? extends Event>> ALL =
      List.of(
          SERVICES,
          PROBE_RESULTS,
          LOCATION_EVENTS,
          SLO_BREACHES,
          ANOMALIES,
          FAILOVER_EVENTS,
          TRAFFIC_RESULTS,
          FAILOVER_STATE,
          INCIDENTS,
          ALERT_DELIVERIES,
          BACKUP_COMMANDS,
          BACKUP_EVENTS,
          TIMELINE,
          HEARTBEATS,
          JOB_REPORTS);

  private Topics() {}

  public static List<Topic<? extends Event>> all() {
    return ALL;
  }

  public static Optional<Topic<? extends Event>> named(String name) {
    return ALL.stream().filter(topic -> topic.name().equals(name)).findFirst();
  }

  /** The topic that an event belongs on. */
  public static Topic<? extends Event> of(Event event) {
    return switch (event) {
      case ServiceEvent _ -> SERVICES;
      case ProbeEvent _ -> PROBE_RESULTS;
      case LocationEvent _ -> LOCATION_EVENTS;
      case SloEvent _ -> SLO_BREACHES;
      case AnomalyEvent _ -> ANOMALIES;
      case FailoverEvent _ -> FAILOVER_EVENTS;
      case TrafficResult _ -> TRAFFIC_RESULTS;
      case FailoverStateEvent _ -> FAILOVER_STATE;
      case IncidentEvent _ -> INCIDENTS;
      case AlertEvent _ -> ALERT_DELIVERIES;
      case BackupCommand _ -> BACKUP_COMMANDS;
      case BackupEvent _ -> BACKUP_EVENTS;
      case TimelineEvent _ -> TIMELINE;
      case HeartbeatEvent _ -> HEARTBEATS;
      case JobEvent _ -> JOB_REPORTS;
    };
  }
}
