package io.echopilot.fleet;

/** What a fleet is made of. */
public enum Part {
  BROKER,
  POSTGRES,
  /** Sites, references, edge, inbox. */
  DEMO,
  FAILOVER_SERVICE,
  PROBER_SERVICE,
  ALERT_SERVICE,
  BACKUP_SERVICE,
  DASHBOARD_SERVICE
}
