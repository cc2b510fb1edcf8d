package io.echopilot.fleet;

/** What a fleet is made of. */
public enum Part {
  BROKER,
  /** Sites, references, edge. */
  DEMO,
  FAILOVER_SERVICE,
  PROBER_SERVICE
}
