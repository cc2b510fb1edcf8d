package io.echopilot.events;

/** The names of the topics as constants, for annotations; {@link Topics} says what is in them. */
public final class TopicNames {
  public static final String SERVICES = "echopilot.services";
  public static final String PROBE_RESULTS = "echopilot.probe-results";
  public static final String LOCATION_EVENTS = "echopilot.location-events";
  public static final String SLO_BREACHES = "echopilot.slo-breaches";
  public static final String ANOMALIES = "echopilot.anomalies";
  public static final String FAILOVER_EVENTS = "echopilot.failover-events";
  public static final String TRAFFIC_RESULTS = "echopilot.traffic-results";
  public static final String FAILOVER_STATE = "echopilot.failover-state";
  public static final String INCIDENTS = "echopilot.incidents";
  public static final String ALERT_DELIVERIES = "echopilot.alert-deliveries";
  public static final String BACKUP_COMMANDS = "echopilot.backup-commands";
  public static final String BACKUP_EVENTS = "echopilot.backup-events";
  public static final String TIMELINE = "echopilot.timeline";
  public static final String HEARTBEATS = "echopilot.heartbeats";
  public static final String JOB_REPORTS = "echopilot.job-reports";

  private TopicNames() {}
}
