package io.echopilot.fleet;

import java.util.Locale;

/** The fleet's ports on the loopback address. */
public enum Port {
  DASHBOARD(8080, "dashboard-service"),
  PROBER(8081, "prober-service of the first location; further ones from 8181"),
  FAILOVER(8082, "failover-service; further replicas from 8282"),
  ALERT(8083, "alert-service"),
  BACKUP(8084, "backup-service"),
  KAFKA(9092, "Kafka"),
  KAFKA_CONTROLLER(9093, "Kafka's controller"),
  EDGE(9100, "where the demo's users come in"),
  PRIMARY(9101, "demo site primary"),
  FALLBACK(9102, "demo site fallback"),
  INBOX(9103, "the inbox in place of Telegram and Slack"),
  REFERENCES(9104, "what the probers take as proof of having a network"),
  EDGE_CONTROL(9110, "where the edge is switched"),
  POSTGRES(15432, "PostgreSQL");

  private final int standard;
  private final String purpose;

  Port(int standard, String purpose) {
    this.standard = standard;
    this.purpose = purpose;
  }

  public int standard() {
    return standard;
  }

  public String purpose() {
    return purpose;
  }

  /** The environment variable that changes it. */
  public String variable() {
    return "ECHOPILOT_PORT_" + name();
  }

  /** How it is named in a file of settings. */
  String key() {
    return name().toLowerCase(Locale.ROOT).replace('_', '-');
  }
}
